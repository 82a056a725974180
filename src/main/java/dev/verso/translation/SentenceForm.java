package dev.verso.translation;

/**
 * How texts are taken apart into sentences, and what their translations keep.
 *
 * @param splitting where sentences end
 * @param kept whether a translation begins with a capital exactly if its sentence does, and ends
 *     with a mark exactly if its sentence does
 */
public record SentenceForm(Splitting splitting, boolean kept) {

  /** Sentences end where they seem to end, and the model decides how their translations look. */
  public static final SentenceForm DEFAULT = new SentenceForm(Splitting.AUTO, false);

  private static final String MARKS = ".!?…:;,";

  /**
   * A sentence's translation in the form that is asked for.
   *
   * @param source the sentence
   * @param target its translation
   */
  public String of(String source, String target) {
    return kept && !target.isEmpty() ? begun(source, ended(source, target)) : target;
  }

  private static String begun(String source, String target) {
    int from = firstLetter(source);
    int to = firstLetter(target);
    if (from < 0 || to < 0) {
      return target;
    }
    int wanted = source.codePointAt(from);
    int given = target.codePointAt(to);
    int end = to + Character.charCount(given);
    int written = given;
    if (Character.isLowerCase(wanted) && Character.isUpperCase(given) && !isAlways(target, to)) {
      written = Character.toLowerCase(given);
    } else if (Character.isUpperCase(wanted) && Character.isLowerCase(given)) {
      written = Character.toTitleCase(given);
    }
    return target.substring(0, to) + Character.toString(written) + target.substring(end);
  }

  /** Whether the word at {@code at} has a capital wherever it stands: the pronoun, acronyms. */
  private static boolean isAlways(String target, int at) {
    int next = at + 1;
    boolean more = next < target.length();
    return (target.charAt(at) == 'I' && !(more && Character.isLetter(target.charAt(next))))
        || (more && Character.isUpperCase(target.charAt(next)));
  }

  private static int firstLetter(String text) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (Character.isLetter(text.codePointAt(i))) {
        return i;
      }
    }
    return -1;
  }

  private static String ended(String source, String target) {
    char wanted = source.isEmpty() ? ' ' : source.charAt(source.length() - 1);
    char given = target.charAt(target.length() - 1);
    boolean marked = MARKS.indexOf(wanted) >= 0;
    if (marked && Character.isLetterOrDigit(given)) {
      return target + wanted;
    }
    return Character.isLetterOrDigit(wanted)
            && ".,;:-".indexOf(given) >= 0
            && !target.endsWith("..")
        ? target.substring(0, target.length() - 1)
        : target;
  }
}
