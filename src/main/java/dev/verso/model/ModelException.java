package dev.verso.model;

/**
 * A model that can't be used: a file is missing, damaged or of another layout. The message names
 * the file and says what to do.
 */
public final class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ModelException(String message) {
    super(message);
  }

  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
