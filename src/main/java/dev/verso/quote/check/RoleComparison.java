package dev.verso.quote.check;

import dev.verso.quote.check.Finding.Severity;
import java.util.List;

/**
 * Who does what to whom: two parties that stand on other sides of the same verb, or of <i>than</i>,
 * than in the French, with neither in the passive; and passives whose agent became the object.
 */
final class RoleComparison implements Comparison {

  @Override
  public void compare(Pair pair, CheckItem item, Evidence evidence) {
    passive(pair, evidence);
    names(pair, evidence);
    pivots(pair, evidence);
  }

  /** French passives, <i>A est fait par B</i>: English "A does B" has exchanged them. */
  private static void passive(Pair pair, Evidence evidence) {
    Side french = pair.french;
    Side english = pair.english;
    for (int p = pair.from + 2; p + 1 < pair.to; p++) {
      if (!french.key(p).equals("par")
          || !french.key(p - 1).matches(".*(é|ée|és|ées|i|ie|is|ies|u|ue|us|ues|it|ite|\"|»)")) {
        continue;
      }
      boolean be =
          Pair.has(
              french,
              Math.max(pair.from, p - 6),
              p,
              "est",
              "sont",
              "été",
              "était",
              "étaient",
              "être",
              "fut",
              "furent",
              "sera",
              "seront");
      int agent = nextContent(french, p + 1, Math.min(pair.to, p + 5));
      if (!be || agent < 0) {
        continue;
      }
      int verb = -1;
      for (int i = p - 1; i >= pair.from && verb < 0; i--) {
        verb =
            Pair.has(
                    french, i, i + 1, "est", "sont", "ont", "a", "était", "étaient", "fut",
                    "furent", "sera", "seront", "avait", "avaient")
                ? i
                : -1;
      }
      int patient = -1;
      for (int i = pair.from; i < verb && patient < 0; i++) {
        patient = french.at(i).content() ? i : -1;
      }
      int a = agentWord(pair, agent);
      int b = patient < 0 ? -1 : pair.bestEnglish(patient);
      if (a < 0 || b < 0 || a <= b + 1) {
        continue;
      }
      if (Pair.has(english, Math.max(0, a - 5), a, "by", "from", "of", "with", "to")) {
        continue;
      }
      evidence.add(
          "roles",
          0.8,
          ErrorKind.AGENT_SWAP,
          Severity.MAJOR,
          french.span(verb, agent + 1),
          english.span(b, a + 1),
          "In the French “"
              + french.words(agent, agent + 1)
              + "” does it; in the English it is done to it.");
    }
  }

  private static int agentWord(Pair pair, int agent) {
    for (int i = agent; i < Math.min(pair.to, agent + 3); i++) {
      int j = pair.french.at(i).content() ? pair.bestEnglish(i) : -1;
      if (j >= 0) {
        return j;
      }
    }
    return -1;
  }

  private static int nextContent(Side side, int from, int to) {
    for (int i = from; i < to; i++) {
      if (side.at(i).content()) {
        return i;
      }
    }
    return -1;
  }

  private static boolean passive(Side side) {
    return Pair.has(side, 0, side.size(), "by");
  }

  private static void pivots(Pair pair, Evidence evidence) {
    Side french = pair.french;
    Side english = pair.english;
    int[] from = new int[english.size()];
    for (int j = 0; j < from.length; j++) {
      from[j] = english.at(j).content() ? pair.bestFrench(j) : -1;
    }
    if (!passive(english) && !Pair.has(french, pair.from, pair.to, "par")) {
      for (Verbs.Form form : Verbs.french(french, pair.from, pair.to, pair.bridge)) {
        int f = form.to() - 1;
        int v = pair.bestEnglish(f);
        if (v > 0 && v < english.size() - 1 && verb(english, v) && french.at(f).content()) {
          around(pair, evidence, from, v, f);
        }
      }
    }
    int than = -1;
    for (int j = 0; j < english.size(); j++) {
      than = english.key(j).equals("than") ? j : than;
    }
    int que = -1;
    for (int i = pair.from; i < pair.to; i++) {
      if (french.key(i).matches("que|qu'")
          && Pair.has(
              french,
              Math.max(pair.from, i - 8),
              i,
              "plus",
              "moins",
              "davantage",
              "mieux",
              "meilleur",
              "meilleure",
              "moindre",
              "supérieur",
              "pire")) {
        que = i;
      }
    }
    boolean less =
        Pair.has(french, pair.from, pair.to, "moins", "moindre", "inférieur", "inférieure", "pire");
    boolean rare = Pair.has(french, pair.from, pair.to, "rare", "rares");
    if (than > 0 && que > 0 && (contrary(english) == less || rare)) {
      around(pair, evidence, from, than, que);
    }
  }

  /** Two names of one clause whose order is inverted around a verb. */
  private static void names(Pair pair, Evidence evidence) {
    Side french = pair.french;
    Side english = pair.english;
    if (passive(english) || Pair.has(french, pair.from, pair.to, "par")) {
      return;
    }
    List<NameComparison.Name> said = NameComparison.in(french, pair.from, pair.to, pair.bridge);
    List<NameComparison.Name> kept = NameComparison.in(english, 0, english.size(), pair.bridge);
    List<Verbs.Form> forms = Verbs.french(french, pair.from, pair.to, pair.bridge);
    List<Verbs.Form> englishForms = Verbs.english(english);
    for (int x = 0; x < kept.size(); x++) {
      for (int y = x + 1; y < kept.size(); y++) {
        NameComparison.Name a = kept.get(x);
        NameComparison.Name b = kept.get(y);
        NameComparison.Name fa = only(pair, said, a);
        NameComparison.Name fb = only(pair, said, b);
        if (fa == null || fb == null || fa.equals(fb) || fb.to() > fa.from()) {
          continue;
        }
        boolean verbs =
            forms.stream().anyMatch(f -> f.from() >= fb.to() && f.to() <= fa.from())
                && englishForms.stream().anyMatch(f -> f.from() >= a.to() && f.to() <= b.from());
        if (verbs && near(english, a.to() - 1, b.from()) && near(french, fb.to() - 1, fa.from())) {
          evidence.add(
              "roles",
              0.7,
              ErrorKind.AGENT_SWAP,
              Severity.MAJOR,
              french.span(fb.from(), fa.to()),
              english.span(a.from(), b.to()),
              "“"
                  + english.words(a.from(), a.to())
                  + "” and “"
                  + english.words(b.from(), b.to())
                  + "” have changed places.");
        }
      }
    }
  }

  private static NameComparison.Name only(
      Pair pair, List<NameComparison.Name> said, NameComparison.Name name) {
    NameComparison.Name found = null;
    for (NameComparison.Name candidate : said) {
      if (NameComparison.same(pair.french, pair.english, candidate, name)) {
        if (found != null) {
          return null;
        }
        found = candidate;
      }
    }
    return found;
  }

  private static boolean verb(Side side, int v) {
    return side.key(v).matches(".{3,}(ed|en)")
        || Pair.has(
            side, v - 1, v, "had", "has", "have", "will", "would", "to", "can", "could", "may",
            "must", "should", "did", "do", "not", "also")
        || Verbs.isPast(side.key(v));
  }

  /** Looks for two parties that stand on other sides of a verb or "than" than in the French. */
  private static void around(Pair pair, Evidence evidence, int[] from, int v, int f) {
    Side english = pair.english;
    int left = -1;
    int right = -1;
    for (int j = 0; j < from.length; j++) {
      if (from[j] < 0 || j == v || english.at(j).isDigits() || Math.abs(from[j] - f) > 14) {
        continue;
      }
      if (pair.support[from[j]][j] < 0.3) {
        continue;
      }
      if (j < v && from[j] > f && near(english, j, v) && near(pair.french, f, from[j])) {
        left = j;
      } else if (j > v && from[j] < f && near(english, v, j) && near(pair.french, from[j], f)) {
        right = right < 0 ? j : right;
      }
    }
    if (left < 0 || right < 0) {
      return;
    }
    int a = Math.min(from[left], from[right]);
    int b = Math.max(from[left], from[right]);
    evidence.add(
        "roles",
        1,
        ErrorKind.AGENT_SWAP,
        Severity.MAJOR,
        pair.french.span(a, b + 1),
        english.span(left, right + 1),
        "“"
            + english.words(left, left + 1)
            + "” and “"
            + english.words(right, right + 1)
            + "” have changed places.");
  }

  private static boolean contrary(Side side) {
    return Pair.has(side, 0, side.size(), "less", "fewer", "lower", "worse", "smaller", "rarer");
  }

  /** Whether no clause ends between two words. */
  private static boolean near(Side side, int from, int to) {
    if (to - from > 12) {
      return false;
    }
    for (int j = from + 1; j < to; j++) {
      if (side.key(j)
          .matches(
              "[;:.\"“”«»]|but|because|while|although|which|who|that|if|when|—|--|-|qui|que|dont|où|mais|car|quand|lorsque")) {
        return false;
      }
    }
    return true;
  }
}
