package dev.verso.quote.check;

import dev.verso.quote.check.Finding.Severity;
import dev.verso.quote.check.Quantity.Bound;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Figures by value, whatever their notation (<i>1,5 million</i> and 1.5m, <i>quatre sur cinq</i>
 * and 80 %), and what bounds them (<i>moins de</i> and over).
 */
final class FigureComparison implements Comparison {

  private static final Pattern DIGITS = Pattern.compile("\\d+");

  @Override
  public void compare(Pair pair, CheckItem item, Evidence evidence) {
    List<Quantity> lost = new ArrayList<>(Quantity.in(pair.french, pair.from, pair.to));
    List<Quantity> elsewhere = new ArrayList<>(Quantity.in(pair.french, 0, pair.french.size()));
    List<Quantity> invented = new ArrayList<>(Quantity.in(pair.english, 0, pair.english.size()));
    for (Quantity e : List.copyOf(invented)) {
      Quantity match = null;
      for (Quantity f : lost) {
        if (f.sameAs(e) && (match == null || f.bound() == e.bound())) {
          match = f;
        }
      }
      if (match != null) {
        lost.remove(match);
        invented.remove(e);
        bound(pair, match, e, evidence);
        unit(pair, match, e, evidence);
      } else if (elsewhere.stream().anyMatch(f -> f.sameAs(e))) {
        invented.remove(e);
      }
    }
    lost.removeIf(f -> paraphrased(pair, f));
    invented.removeIf(e -> loose(pair, e));
    for (Quantity e : invented) {
      Quantity f = lost.isEmpty() ? null : nearest(pair, lost, e);
      if (f != null) {
        lost.remove(f);
        double value = e.digits() || f.digits() ? 1 : 0.8;
        evidence.add(
            "number",
            value,
            ErrorKind.NUMBER,
            Severity.MAJOR,
            span(pair.french, f),
            span(pair.english, e),
            "The French says “"
                + span(pair.french, f).of(pair.french.text)
                + "”, not “"
                + span(pair.english, e).of(pair.english.text)
                + "”.");
      } else {
        evidence.add(
            "number",
            e.digits() ? 0.7 : 0.35,
            ErrorKind.NUMBER,
            Severity.MAJOR,
            null,
            span(pair.english, e),
            "The French has no figure for “" + span(pair.english, e).of(pair.english.text) + "”.");
      }
    }
    inside(pair, evidence);
    for (Quantity f : lost) {
      evidence.add(
          "number",
          f.digits() ? 0.5 : 0.2,
          ErrorKind.OMISSION,
          Severity.MAJOR,
          span(pair.french, f),
          null,
          "The figure “" + span(pair.french, f).of(pair.french.text) + "” is missing.");
    }
  }

  /** Digits inside English words, <i>under-25s</i>, that the French doesn't have. */
  private static void inside(Pair pair, Evidence evidence) {
    for (int j = 0; j < pair.english.size(); j++) {
      Side.Token token = pair.english.at(j);
      Matcher digits = DIGITS.matcher(token.word());
      if (token.isDigits() || !digits.find()) {
        continue;
      }
      if (!pair.french.text.contains(digits.group())) {
        evidence.add(
            "number",
            0.6,
            ErrorKind.ADDITION,
            Severity.MAJOR,
            null,
            pair.english.span(j, j + 1),
            "The French has no “" + digits.group() + "”.");
      }
    }
  }

  /** The same figure of something else: euros that became dollars. */
  private static void unit(Pair pair, Quantity f, Quantity e, Evidence evidence) {
    Optional<Integer> french = Units.of(pair.french, f);
    Optional<Integer> english = Units.of(pair.english, e);
    if (f.clock() || e.clock() || f.share() || french.isEmpty() || english.isEmpty()) {
      return;
    }
    if (!french.get().equals(english.get())) {
      TextSpan source = pair.french.span(f.from(), Math.min(pair.french.size(), f.to() + 2));
      int before = e.from() > 0 && "€$£¥".contains(pair.english.key(e.from() - 1)) ? 1 : 0;
      TextSpan target =
          pair.english.span(e.from() - before, Math.min(pair.english.size(), e.to() + 1 - before));
      evidence.add(
          "number",
          1,
          ErrorKind.NUMBER,
          Severity.MAJOR,
          source,
          target,
          "The French says “"
              + source.of(pair.french.text)
              + "”, not “"
              + target.of(pair.english.text)
              + "”.");
    }
  }

  private static TextSpan span(Side side, Quantity q) {
    return side.span(q.from(), q.to());
  }

  private static void bound(Pair pair, Quantity f, Quantity e, Evidence evidence) {
    Bound a = f.bound();
    Bound b = e.bound();
    if (a == b) {
      return;
    }
    if (b == Bound.NONE
        && a != Bound.ABOUT
        && Cues.any(
            pair.english, a == Bound.AT_LEAST ? "atleast" : "atmost", 0, pair.english.size())) {
      return;
    }
    if (a == Bound.NONE
        && b != Bound.ABOUT
        && Cues.any(pair.french, b == Bound.AT_LEAST ? "atleast" : "atmost", pair.from, pair.to)) {
      return;
    }
    double value;
    ErrorKind kind = ErrorKind.NUMBER;
    Severity severity = Severity.MAJOR;
    boolean opposite =
        (a == Bound.AT_LEAST && b == Bound.AT_MOST) || (a == Bound.AT_MOST && b == Bound.AT_LEAST);
    if (opposite) {
      value = 1;
    } else if (b == Bound.NONE && a != Bound.ABOUT) {
      value = 0.7;
      kind = ErrorKind.OMISSION;
      severity = Severity.MINOR;
    } else if (a == Bound.NONE && b != Bound.ABOUT) {
      value = 0.4;
    } else {
      value = 0.1;
      severity = Severity.MINOR;
    }
    TextSpan source = wide(pair.french, f);
    evidence.add(
        "bound",
        value,
        kind,
        severity,
        source,
        wide(pair.english, e),
        "The French says “" + source.of(pair.french.text) + "”: the figure's bound is different.");
  }

  /** The figure with up to three words that bound it. */
  private static TextSpan wide(Side side, Quantity q) {
    int from = q.from();
    for (String name : List.of("atleast", "atmost", "approx")) {
      for (Cues.Hit hit : Cues.find(side, name, Math.max(0, q.from() - 4), q.from())) {
        from = q.from() - hit.to() <= 2 ? Math.min(from, hit.from()) : from;
      }
    }
    return side.span(from, q.to());
  }

  /** A small number that English gives by another word: both, twice, a couple; or by a noun. */
  private static boolean paraphrased(Pair pair, Quantity f) {
    if (f.digits()) {
      return false;
    }
    Side e = pair.english;
    if (f.value() == 2) {
      return Pair.has(
          e,
          0,
          e.size(),
          "both",
          "twice",
          "couple",
          "pair",
          "double",
          "doubled",
          "second",
          "twin",
          "either",
          "neither",
          "between",
          "two-thirds",
          "halves",
          "biennial",
          "two-year",
          "each",
          "other",
          "half",
          "halved");
    }
    // "three-year", "four-day".
    for (int j = 0; j < e.size(); j++) {
      String key = e.key(j);
      int hyphen = key.indexOf('-');
      if (hyphen > 0) {
        Side first = new Side(key.substring(0, hyphen), dev.verso.text.Language.ENGLISH);
        if (Quantity.in(first, 0, first.size()).stream().anyMatch(f::sameAs)) {
          return true;
        }
      }
    }
    return f.vague() || (f.value() == 1000 && Pair.has(e, 0, e.size(), "thousand"));
  }

  /** An English number word that needs no figure in French. */
  private static boolean loose(Pair pair, Quantity e) {
    if (e.digits() && !pair.english.key(e.from()).matches(".*(st|nd|rd|th)")) {
      return false;
    }
    String key = pair.english.key(e.from());
    if (e.value() == 0
        || (e.share()
            && !e.digits()
            && e.value() == 0.5
            && !Pair.has(pair.french, 0, pair.french.size(), "tiers", "quart"))) {
      return true;
    }
    if (key.matches("\\d+(st|nd|rd|th)")) {
      return true;
    }
    Side f = pair.french;
    return e.vague()
        ? Pair.has(
            f,
            0,
            f.size(),
            "milliers",
            "centaines",
            "dizaines",
            "millions",
            "nombreux",
            "nombreuses",
            "millier",
            "centaine",
            "dizaine",
            "milliards",
            "mille",
            "cent")
        : e.value() == 2
            && Pair.has(
                f,
                0,
                f.size(),
                "couple",
                "paire",
                "double",
                "second",
                "seconde",
                "deuxième",
                "autre",
                "tous",
                "toutes",
                "ni",
                "doublé");
  }

  private static Quantity nearest(Pair pair, List<Quantity> lost, Quantity e) {
    Quantity best = null;
    double most = -1;
    for (Quantity f : lost) {
      double near = 0;
      for (int i = f.from(); i < f.to(); i++) {
        for (int j = e.from(); j < e.to(); j++) {
          near += pair.links[i][j];
        }
      }
      near += f.share() == e.share() ? 0.2 : 0;
      near += f.digits() == e.digits() ? 0.2 : 0;
      if (near > most) {
        most = near;
        best = f;
      }
    }
    return best;
  }
}
