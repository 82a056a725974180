package dev.verso.file;

import dev.verso.text.InputException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What somebody who sends a piece of markup says about its tags. Names are compared without case.
 *
 * @param outline whether the elements that part texts are found by their content; if not, only
 *     those of {@code splitting} do
 * @param splitting elements that part texts
 * @param nonSplitting elements that stand inside sentences
 * @param ignored elements whose content is kept as it is
 */
public record TagRules(
    boolean outline, Set<String> splitting, Set<String> nonSplitting, Set<String> ignored) {

  /** Nothing said: elements that part texts are found by their content, and nothing is kept. */
  public static final TagRules NONE = new TagRules(true, Set.of(), Set.of(), Set.of());

  private static final Pattern NAME =
      Pattern.compile("[\\p{L}_:][\\p{L}\\p{M}\\p{N}_:.\\-\u00b7]{0,99}");

  /**
   * Copies the names, in lower case.
   *
   * @throws InputException if one can't be a tag's name
   */
  public TagRules {
    splitting = names(splitting);
    nonSplitting = names(nonSplitting);
    ignored = names(ignored);
  }

  private static Set<String> names(Collection<String> given) {
    Set<String> names = new TreeSet<>();
    for (String name : given) {
      if (!NAME.matcher(name).matches()) {
        throw new InputException(
            "'"
                + (name.length() > 100 ? name.substring(0, 100) + "…" : name)
                + "' can't be the name of a tag; give names without angle brackets");
      }
      names.add(name.toLowerCase(Locale.ROOT));
    }
    return Set.copyOf(names);
  }
}
