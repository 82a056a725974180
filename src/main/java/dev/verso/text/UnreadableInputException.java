package dev.verso.text;

/** An input that is not text or markup, or not in the encoding it claims. */
public final class UnreadableInputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String input;

  /**
   * @param input the input's name as the user gave it
   * @param reason what is wrong with it and what to do, for the user to read
   */
  public UnreadableInputException(String input, String reason) {
    super(input + ": " + reason);
    this.input = input;
  }

  /** The input's name as the user gave it. */
  public String input() {
    return input;
  }
}
