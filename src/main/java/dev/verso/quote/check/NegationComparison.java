package dev.verso.quote.check;

import dev.verso.language.Stems;
import dev.verso.quote.check.Finding.Severity;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Negations: <i>ne … pas</i> and its kin, the restrictive <i>ne … que</i>, <i>sans</i> and <i>non
 * sans</i>, the <i>ne</i> that denies nothing, against English negators and words that deny softly.
 */
final class NegationComparison implements Comparison {

  private enum Sort {
    DENIAL,
    NO_LONGER,
    RESTRICTION
  }

  private record Negation(Sort sort, int from, int to) {}

  private static final Set<String> LITERARY =
      Set.of(
          "cesse",
          "cessent",
          "cessait",
          "peut",
          "peuvent",
          "saurait",
          "sauraient",
          "ose",
          "osent",
          "pouvait");
  private static final String[] PREFIXES = {"un", "in", "im", "il", "ir", "dis", "non-"};

  static boolean isNegative(String word, Bridge bridge, boolean french) {
    for (String prefix :
        french ? new String[] {"in", "im", "il", "ir", "dé", "mé", "non-", "mal"} : PREFIXES) {
      if (word.length() > prefix.length() + 4 && word.startsWith(prefix)) {
        String rest = word.substring(prefix.length());
        if (french
            ? bridge.isFrenchWord(rest)
            : bridge.knowsEnglish(Stems.of(rest, dev.verso.text.Language.ENGLISH))) {
          return true;
        }
      }
    }
    return !french && word.endsWith("less") && word.length() > 6;
  }

  private static List<Negation> french(Side side, int from, int to) {
    List<Negation> found = new ArrayList<>();
    boolean[] used = new boolean[side.size() + 1];
    for (int i = from; i < to; i++) {
      String key = side.key(i);
      if (!key.equals("ne") && !key.equals("n'")) {
        continue;
      }
      int end = Math.min(to, i + 11);
      Negation negation = null;
      for (int k = i + 1; k < end && negation == null; k++) {
        String word = side.key(k);
        if (word.equals("ne")
            || word.equals("n'")
            || (side.at(k).mark() && ".;:!?".contains(side.at(k).word()))) {
          break;
        }
        if (word.equals("plus")) {
          negation = new Negation(Sort.NO_LONGER, i, k + 1);
        } else if (!Cues.find(side, "negator", k, k + 1).isEmpty()) {
          // "ne … pas que": not only.
          negation = new Negation(Sort.DENIAL, i, k + 1);
        } else if ((word.equals("que") || word.equals("qu'")) && k - i <= 7) {
          negation = new Negation(Sort.RESTRICTION, i, k + 1);
        }
      }
      boolean before = false;
      for (int k = Math.max(from, i - 8); k < i; k++) {
        if (side.at(k).mark() && ".;:!?".contains(side.at(k).word())) {
          before = false;
        }
        before |=
            Set.of("personne", "rien", "aucun", "aucune", "nul", "nulle", "jamais", "ni", "pas")
                    .contains(side.key(k))
                && !used[k];
      }
      if (before && (negation == null || negation.sort == Sort.RESTRICTION)) {
        negation = new Negation(Sort.DENIAL, i, Math.min(to, i + 2));
      } else if (before && negation.sort == Sort.NO_LONGER) {
        negation = new Negation(Sort.NO_LONGER, i, negation.to);
      }
      if (negation == null && LITERARY.contains(side.key(i + 1))) {
        negation = new Negation(Sort.DENIAL, i, i + 2);
      }
      if (negation != null) {
        found.add(negation);
        for (int k = negation.from; k < negation.to; k++) {
          used[k] = true;
        }
      }
    }
    for (Cues.Hit hit : Cues.find(side, "alone", from, to)) {
      String word = side.key(hit.from());
      boolean inside = used[hit.from()];
      boolean part =
          (word.equals("non")
                  && (side.key(hit.to()).equals("sans")
                      || side.key(hit.to()).equals("seulement")
                      || side.key(hit.to()).equals("plus")))
              || side.key(hit.from() - 1).equals("ou")
              || side.key(hit.to()).matches("mal|moins|seulement|uniquement|tant|que")
              || (word.equals("pas")
                  && side.key(hit.from() - 1).matches("un|le|premier|ces|des|les"))
              || found.stream().anyMatch(n -> Math.abs(n.from - hit.from()) < 9);
      if (!inside && !part) {
        found.add(new Negation(Sort.DENIAL, hit.from(), hit.to()));
      }
    }
    return found;
  }

  @Override
  public void compare(Pair pair, CheckItem item, Evidence evidence) {
    Side french = pair.french;
    Side english = pair.english;
    List<Negation> said = french(french, pair.from, pair.to);
    List<Negation> denials = said.stream().filter(n -> n.sort != Sort.RESTRICTION).toList();
    List<Negation> restrictions = said.stream().filter(n -> n.sort == Sort.RESTRICTION).toList();
    List<Cues.Hit> negators = new ArrayList<>();
    for (Cues.Hit hit : Cues.find(english, "negator")) {
      boolean idiom =
          (english.key(hit.from()).equals("not") || english.key(hit.from()).equals("no"))
              && (english.key(hit.to()).equals("only")
                  || english.key(hit.to()).equals("doubt")
                  || english.key(hit.to()).equals("less")
                  || english.key(hit.to()).equals("fewer")
                  || english.key(hit.to()).equals("matter"));
      idiom |= english.at(hit.from()).word().equals("No") && english.key(hit.to()).equals(".");
      if (!idiom) {
        negators.add(hit);
      }
    }
    boolean softEnglish = Cues.any(english, "softneg", 0, english.size());
    for (Side.Token token : english.tokens) {
      softEnglish |= isNegative(token.key(), pair.bridge, false);
    }
    boolean softFrench =
        Cues.any(french, "softneg", pair.from, pair.to)
            || Cues.any(french, "without", pair.from, pair.to);
    for (int i = pair.from; i < pair.to; i++) {
      softFrench |= isNegative(french.key(i), pair.bridge, true);
    }
    boolean longer = Cues.any(english, "nolonger", 0, english.size());
    if (!denials.isEmpty() && negators.isEmpty()) {
      Negation n = denials.get(0);
      boolean mild =
          softEnglish
              || (n.sort == Sort.NO_LONGER
                  && Cues.any(english, "nolongerstrict", 0, english.size()));
      // "non sans": a double negation that English may render by either.
      evidence.add(
          "negation",
          mild ? 0.12 : 1,
          ErrorKind.NEGATION,
          Severity.MAJOR,
          french.span(n.from, n.to),
          target(pair, n),
          "The French denies it (“" + french.words(n.from, n.to) + "”); the English doesn't.");
    } else if (denials.isEmpty() && !negators.isEmpty()) {
      Cues.Hit hit = negators.get(0);
      boolean only = !restrictions.isEmpty() && Cues.any(english, "restrict", 0, english.size());
      if (!only) {
        TextSpan source =
            restrictions.isEmpty()
                ? null
                : french.span(restrictions.get(0).from, restrictions.get(0).to);
        if (source == null) {
          int i = hit.to() < english.size() ? pair.bestFrench(hit.to()) : -1;
          source = i < 0 ? null : french.span(i, i + 1);
        }
        evidence.add(
            "negation",
            restrictions.isEmpty() ? (softFrench ? 0.12 : 1) : 1,
            ErrorKind.NEGATION,
            Severity.MAJOR,
            source,
            english.span(
                Math.max(0, hit.from() - (english.key(hit.from()).matches("not|n't") ? 1 : 0)),
                Math.min(english.size(), hit.to())),
            restrictions.isEmpty()
                ? "The French doesn't deny this; the English does (“"
                    + english.words(hit.from(), hit.to())
                    + "”)."
                : "The French says “only” (ne … que); the English denies it.");
      }
    } else if (denials.size() > negators.size() + (softEnglish ? 1 : 0)) {
      // Which one is missing: the one farthest from any English negator.
      Negation missing = null;
      int far = 0;
      for (Negation n : denials) {
        int[] range = pair.englishOf(n.from, Math.min(pair.to, n.to + 2));
        int distance = 99;
        for (Cues.Hit hit : negators) {
          distance =
              Math.min(
                  distance, range == null ? 5 : Math.abs((range[0] + range[1]) / 2 - hit.from()));
        }
        if (distance > far) {
          far = distance;
          missing = n;
        }
      }
      if (missing != null) {
        evidence.add(
            "negation",
            0.4,
            ErrorKind.NEGATION,
            Severity.MAJOR,
            french.span(missing.from, missing.to),
            target(pair, missing),
            "The French denies it (“"
                + french.words(missing.from, missing.to)
                + "”); the English doesn't.");
      }
    } else if (negators.size() > denials.size() + (softFrench ? 1 : 0) + restrictions.size()) {
      Cues.Hit hit = negators.get(negators.size() - 1);
      evidence.add(
          "negation",
          0.15,
          ErrorKind.NEGATION,
          Severity.MAJOR,
          null,
          english.span(hit.from(), hit.to()),
          "The English denies more than the French.");
    }
    restrictions(pair, restrictions, negators, evidence);
    without(pair, negators, evidence);
    if (longer) {
      return;
    }
    for (Negation n : denials) {
      if (n.sort == Sort.NO_LONGER
          && Cues.any(english, "yet", 0, english.size())
          && !Cues.any(english, "nolongerstrict", 0, english.size())) {
        Cues.Hit hit = Cues.find(english, "yet").get(0);
        evidence.add(
            "aspect",
            1,
            ErrorKind.TENSE_ASPECT,
            Severity.MINOR,
            french.span(n.from, n.to),
            english.span(hit.from(), hit.to()),
            "“ne … plus” is “no longer”, not “not yet”.");
      }
    }
  }

  private static void restrictions(
      Pair pair, List<Negation> restrictions, List<Cues.Hit> negators, Evidence evidence) {
    if (!restrictions.isEmpty()
        && negators.isEmpty()
        && !Cues.any(pair.english, "restrict", 0, pair.english.size())) {
      Negation n = restrictions.get(0);
      evidence.add(
          "negation",
          0.6,
          ErrorKind.NEGATION,
          Severity.MAJOR,
          pair.french.span(n.from, n.to),
          target(pair, n),
          "“ne … que” says “only”; the English doesn't.");
    }
  }

  private static void without(Pair pair, List<Cues.Hit> negators, Evidence evidence) {
    Side french = pair.french;
    Side english = pair.english;
    for (int i = pair.from; i < pair.to; i++) {
      if (!french.key(i).equals("sans")
          || french.key(i + 1).equals("doute")
          || french.key(i + 1).equals("cesse")) {
        continue;
      }
      boolean twice = french.key(i - 1).equals("non");
      int at = -1;
      for (int j = 0; j < english.size(); j++) {
        if (english.key(j).equals("without")) {
          at = j;
        }
      }
      boolean denied =
          at >= 0 || !negators.isEmpty() || Cues.any(english, "softneg", 0, english.size());
      for (Side.Token token : english.tokens) {
        denied |= isNegative(token.key(), pair.bridge, false) || token.key().endsWith("-free");
      }
      if (twice && at >= 0 && !Pair.has(english, Math.max(0, at - 2), at, "not")) {
        evidence.add(
            "negation",
            1,
            ErrorKind.NEGATION,
            Severity.MAJOR,
            french.span(i - 1, i + 1),
            english.span(at, at + 1),
            "“non sans” is “not without”.");
      } else if (!twice && !denied) {
        evidence.add(
            "negation",
            0.7,
            ErrorKind.NEGATION,
            Severity.MAJOR,
            french.span(i, Math.min(pair.to, i + 2)),
            null,
            "“sans” (without) is missing.");
      }
    }
  }

  private static TextSpan target(Pair pair, Negation n) {
    int[] range = pair.englishOf(n.from, Math.min(pair.to, n.to + 1));
    if (range == null) {
      range = pair.englishOf(n.from, Math.min(pair.to, n.to + 4));
    }
    return range == null || range[1] - range[0] > 8
        ? (range == null ? null : pair.english.span(range[0], Math.min(range[1], range[0] + 4)))
        : pair.english.span(range[0], range[1]);
  }
}
