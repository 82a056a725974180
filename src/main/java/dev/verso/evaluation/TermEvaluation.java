package dev.verso.evaluation;

import dev.verso.text.LineFile;
import dev.verso.translation.Glossary;
import dev.verso.translation.Glossary.Term;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a glossary does: how often its term appears, and what it costs or gains in quality.
 *
 * <p>A case is a line of a test set and a term whose English is in that line's reference. Each is
 * translated without and with a glossary of that one term.
 */
public final class TermEvaluation {

  /**
   * One case.
   *
   * @param line of the test set, from 1
   * @param term the term
   */
  public record Case(int line, Term term) {}

  private final List<Case> cases;
  private final List<String> references;

  /**
   * @param references of the cases, one for each
   * @throws IllegalArgumentException if there are not as many, or none
   */
  public TermEvaluation(List<Case> cases, List<String> references) {
    if (cases.isEmpty() || cases.size() != references.size()) {
      throw new IllegalArgumentException(
          references.size() + " references for " + cases.size() + " terms");
    }
    this.cases = List.copyOf(cases);
    this.references = List.copyOf(references);
  }

  /**
   * Reads lines {@code line TAB French TAB English}; {@code #} begins a comment line.
   *
   * @param lines how many lines the test set has
   * @throws IOException if the file cannot be read or a line is not such a case; the message names
   *     it
   */
  public static List<Case> read(Path file, int lines) throws IOException {
    List<Case> cases = new ArrayList<>();
    int number = 0;
    for (String line : LineFile.read(file)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] parts = line.split("\t", -1);
      try {
        int at = Integer.parseInt(parts[0]);
        if (parts.length != 3 || at < 1 || at > lines) {
          throw new IllegalArgumentException("expected a line of the set, French and English");
        }
        cases.add(new Case(at, new Term(parts[1], parts[2])));
      } catch (IllegalArgumentException e) {
        throw new IOException(file + ", line " + number + ": " + e.getMessage(), e);
      }
    }
    return cases;
  }

  /** Prints both rows of the comparison. */
  public void print(List<String> without, List<String> with, Appendable out) throws IOException {
    out.append(String.format(Locale.ROOT, "%-18s %12s %8s%n", "", "term appears", "chrF"));
    row("without glossary", without, out);
    row("with glossary", with, out);
    for (int i = 0; i < cases.size(); i++) {
      if (!appears(i, with)) {
        out.append(
            String.format(
                Locale.ROOT,
                "missing  line %d: %s: %s%n",
                cases.get(i).line(),
                cases.get(i).term().target(),
                with.get(i)));
      }
    }
  }

  private void row(String name, List<String> translations, Appendable out) throws IOException {
    int appear = 0;
    Chrf chrf = new Chrf();
    long[] totals = null;
    for (int i = 0; i < cases.size(); i++) {
      appear += appears(i, translations) ? 1 : 0;
      int[] statistics = chrf.statistics(translations.get(i), references.get(i));
      totals = totals == null ? new long[statistics.length] : totals;
      for (int k = 0; k < statistics.length; k++) {
        totals[k] += statistics[k];
      }
    }
    out.append(
        String.format(
            Locale.ROOT, "%-18s %8d/%d %8.1f%n", name, appear, cases.size(), chrf.score(totals)));
  }

  /** As separate words, in any case. */
  private boolean appears(int i, List<String> translations) {
    return Glossary.holds(translations.get(i), cases.get(i).term().target());
  }
}
