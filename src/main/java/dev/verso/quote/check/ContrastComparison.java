package dev.verso.quote.check;

import dev.verso.language.Stems;
import dev.verso.quote.check.CoverageComparison.Run;
import dev.verso.quote.check.Finding.Severity;
import dev.verso.text.TextSpan;
import dev.verso.translation.Likelihood;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the translation model makes of the rendering: whether a small edit of the English — a
 * negation, a modal, a tense, a person, the contrary word, two parties exchanged — is much likelier
 * than what stands there, and whether it gets likelier when a French phrase is taken away
 * (contrastive conditioning, Vamvas and Sennrich 2022: then nothing renders that phrase).
 *
 * <p>Every value is a difference of log probabilities, in units of {@value #UNIT} and bounded, so
 * that it says little about how good the model is. Some forty forced decodings a pair.
 */
final class ContrastComparison {

  private static final double UNIT = 6;
  private static final int MOST = 48;

  /** Letters read in all: of a quote as long as a page fewer changes are tried. */
  private static final int MOST_LETTERS = 24_000;

  private ContrastComparison() {}

  /** An contrast of one of the texts. */
  private record Contrast(
      String signal,
      ErrorKind kind,
      String source,
      String target,
      TextSpan from,
      TextSpan to,
      String instead) {}

  private static final Map<String, List<String>> MODALS = new HashMap<>();
  private static final Map<String, List<String>> TENSES = new HashMap<>();
  private static final Set<String> AUXILIARIES =
      Set.of(
          "is", "are", "was", "were", "has", "have", "had", "do", "does", "did", "will", "would",
          "can", "could", "may", "might", "must", "should");

  static {
    put(
        MODALS,
        "will: may, would, must",
        "would: will",
        "may: will, must",
        "might: will, must",
        "could: will, must",
        "must: may",
        "should: may",
        "can: must, could",
        "is: may be, would be, is said to be",
        "are: may be, would be, are said to be",
        "has: may have, would have, has reportedly",
        "have: may have, would have",
        "was: may have been, would be, was reportedly",
        "were: may have been, would be");
    put(
        TENSES,
        "is: was, will be, has been",
        "are: were, will be, have been",
        "was: is, will be, has been",
        "were: are, will be, have been",
        "has: will have, had",
        "have: will have, had",
        "had: has, will have",
        "will: has, did",
        "did: does, will",
        "does: did");
  }

  private static void put(Map<String, List<String>> into, String... rows) {
    for (String row : rows) {
      String[] cells = row.split(": ");
      into.put(cells[0], List.of(cells[1].split(", ")));
    }
  }

  private static final String[][] PERSONS = {
    {"i", "me", "my", "mine", "myself", "am", "'m"},
    {"we", "us", "our", "ours", "ourselves", "are", "'re"},
    {"you", "you", "your", "yours", "yourself", "are", "'re"},
    {"they", "them", "their", "theirs", "themselves", "are", "'re"},
    {"he", "him", "his", "his", "himself", "is", "'s"},
    {"she", "her", "her", "hers", "herself", "is", "'s"},
  };

  /** Has the network read the rendering and what might stand there instead. */
  static void compare(Pair pair, Readings readings, Evidence evidence) {
    String source = pair.scopeText();
    String target = pair.english.text;
    List<Contrast> contrasts = new ArrayList<>();
    negations(pair, contrasts);
    swaps(pair, MODALS, "contrast.modal", ErrorKind.MODALITY_HEDGE, contrasts);
    swaps(pair, TENSES, "contrast.tense", ErrorKind.TENSE_ASPECT, contrasts);
    persons(pair, contrasts);
    opposites(pair, contrasts);
    figures(pair, contrasts);
    names(pair, contrasts);
    order(pair, contrasts);
    leftOut(pair, contrasts);
    int most = Math.min(MOST, MOST_LETTERS / (source.length() + target.length() + 1));
    List<Contrast> used = contrasts.size() > most ? contrasts.subList(0, most) : contrasts;
    List<String> sources = new ArrayList<>(List.of(source, source));
    List<String> targets = new ArrayList<>(List.of(target, pair.own.text));
    for (Contrast contrast : used) {
      sources.add(contrast.source == null ? source : contrast.source);
      targets.add(contrast.target == null ? target : contrast.target);
    }
    List<Likelihood> read = readings.likelihoods(sources, targets, pair.cancellation);
    Likelihood given = read.get(0);
    Map<Contrast, Likelihood> ownWithout = ownWithout(pair, readings, used, read);
    evidence.value(
        "unlikely",
        Math.max(0, Math.min(1, (read.get(1).perPiece() - given.perPiece() - 0.5) / 4)));
    Map<String, Double> best = new LinkedHashMap<>();
    for (int k = 0; k < used.size(); k++) {
      Contrast contrast = used.get(k);
      double gain = read.get(k + 2).total() - given.total();
      double value = Math.max(0, Math.min(1, (gain - 0.5) / UNIT));
      if (contrast.source != null) {
        // What our own translation renders must hurt it when taken away.
        Likelihood without = ownWithout.get(contrast);
        double own = without == null ? 0 : read.get(1).total() - without.total();
        value = leftOut(gain) * Math.max(0, Math.min(1, (own - 1) / 5));
      }
      if (value <= best.getOrDefault(contrast.signal, 0.0)) {
        continue;
      }
      best.put(contrast.signal, value);
      if (contrast.signal.equals("contrast.number") && value > 0.15) {
        evidence.add(
            "number",
            0.9,
            ErrorKind.NUMBER,
            Severity.MAJOR,
            contrast.from,
            contrast.to,
            "The figures have changed places.");
      }
      evidence.add(
          contrast.signal,
          value,
          contrast.kind,
          Severity.MAJOR,
          contrast.from,
          contrast.to,
          contrast.source != null
              ? "Nothing in the English renders “" + contrast.from.of(pair.french.text) + "”."
              : "The French reads rather as “" + contrast.instead + "”.");
    }
    putIn(pair, given, evidence);
  }

  /**
   * How far a phrase seems left out whose absence makes the English that much likelier, in nats.
   */
  private static double leftOut(double gain) {
    return Math.max(0, Math.min(1, (gain + 1) / 4));
  }

  /** How likely our own translation is without the phrases that seem left out. */
  private static Map<Contrast, Likelihood> ownWithout(
      Pair pair, Readings readings, List<Contrast> used, List<Likelihood> read) {
    List<Contrast> seeming = new ArrayList<>();
    for (int k = 0; k < used.size(); k++) {
      double gain = read.get(k + 2).total() - read.get(0).total();
      if (used.get(k).source != null && leftOut(gain) > 0) {
        seeming.add(used.get(k));
      }
    }
    List<Likelihood> found =
        readings.likelihoods(
            seeming.stream().map(Contrast::source).toList(),
            Collections.nCopies(seeming.size(), pair.own.text),
            pair.cancellation);
    Map<Contrast, Likelihood> without = new HashMap<>();
    for (int k = 0; k < seeming.size(); k++) {
      without.put(seeming.get(k), found.get(k));
    }
    return without;
  }

  private static void putIn(Pair pair, Likelihood given, Evidence evidence) {
    for (Run run : CoverageComparison.putIn(pair)) {
      TextSpan span = pair.english.span(run.from(), run.to());
      double surprise = -given.over(span);
      evidence.add(
          "contrast.put-in",
          Math.max(0, Math.min(1, (surprise - 2.5) / 5)) * Math.min(1, run.weight() / 1.5),
          ErrorKind.ADDITION,
          run.words() > 1 ? Severity.MAJOR : Severity.MINOR,
          null,
          span,
          "The French doesn't say “" + span.of(pair.english.text) + "”.");
    }
  }

  private static String replace(Pair pair, int from, int to, String by) {
    TextSpan span = pair.english.span(from, to);
    String text = pair.english.text;
    return tidy(text.substring(0, span.start()) + by + text.substring(span.end()));
  }

  private static String tidy(String text) {
    return text.replaceAll(" {2,}", " ").replaceAll(" ([,.;:?!])", "$1").strip();
  }

  private static String like(String word, String model) {
    return Character.isUpperCase(model.charAt(0)) && !word.isEmpty()
        ? word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1)
        : word;
  }

  private static void add(
      Pair pair,
      List<Contrast> contrasts,
      String signal,
      ErrorKind kind,
      int from,
      int to,
      String by) {
    if (contrasts.size() >= MOST) {
      return; // no more are read
    }
    int i = pair.bestFrench(to - 1);
    if (i < 0 && to < pair.english.size()) {
      i = pair.bestFrench(to);
    }
    if (i < 0 && from < to - 1) {
      i = pair.bestFrench(from);
    }
    contrasts.add(
        new Contrast(
            signal,
            kind,
            null,
            replace(pair, from, to, by),
            i < 0 ? null : pair.french.span(i, i + 1),
            pair.english.span(from, to),
            by.isBlank() ? "(without it)" : by));
  }

  private static void negations(Pair pair, List<Contrast> contrasts) {
    Side english = pair.english;
    for (int j = 0; j < english.size(); j++) {
      String key = english.key(j);
      String next = english.key(j + 1);
      if (next.equals("n't")) {
        String whole = key.equals("ca") ? "can" : key.equals("wo") ? "will" : english.at(j).word();
        add(
            pair,
            contrasts,
            "contrast.negation",
            ErrorKind.NEGATION,
            j,
            j + 2,
            like(whole, english.at(j).word()));
      } else if (key.equals("not") || key.equals("never")) {
        add(pair, contrasts, "contrast.negation", ErrorKind.NEGATION, j, j + 1, "");
      } else if (key.equals("cannot")) {
        add(pair, contrasts, "contrast.negation", ErrorKind.NEGATION, j, j + 1, "can");
      } else if (key.equals("no") && !next.equals("longer")) {
        add(pair, contrasts, "contrast.negation", ErrorKind.NEGATION, j, j + 1, "");
      } else if (key.equals("without")) {
        add(
            pair,
            contrasts,
            "contrast.negation",
            ErrorKind.NEGATION,
            j,
            j + 1,
            like("with", english.at(j).word()));
      } else if (AUXILIARIES.contains(key) && !next.equals("not") && !next.equals("never")) {
        add(
            pair,
            contrasts,
            "contrast.negation",
            ErrorKind.NEGATION,
            j,
            j + 1,
            english.at(j).word() + " not");
      }
    }
  }

  private static void swaps(
      Pair pair,
      Map<String, List<String>> table,
      String signal,
      ErrorKind kind,
      List<Contrast> contrasts) {
    Side english = pair.english;
    for (int j = 0; j < english.size(); j++) {
      String key = english.key(j);
      boolean be = english.key(j + 1).equals("be");
      for (String other : table.getOrDefault(key, List.of())) {
        if (be && key.equals("will") && other.equals("has")) {
          add(pair, contrasts, signal, kind, j, j + 2, "has been");
          add(pair, contrasts, signal, kind, j, j + 2, "is");
        } else if (be && key.matches("may|might|could|would") && other.equals("will")) {
          add(pair, contrasts, signal, kind, j, j + 1, other);
          add(pair, contrasts, signal, kind, j, j + 2, "is");
        } else {
          add(pair, contrasts, signal, kind, j, j + 1, like(other, english.at(j).word()));
        }
      }
    }
  }

  private static void persons(Pair pair, List<Contrast> contrasts) {
    Side english = pair.english;
    for (String[] from : PERSONS) {
      int at = -1;
      for (int j = 0; j < english.size() && at < 0; j++) {
        for (int k = 0; k < 5; k++) {
          if (english.key(j).equals(from[k]) && !english.at(j).word().equals("US")) {
            at = j;
          }
        }
      }
      if (at < 0) {
        continue;
      }
      for (String[] to : PERSONS) {
        if (to == from
            || (to[0].equals("she") && !from[0].equals("he"))
            || (from[0].equals("she") && !to[0].equals("he"))) {
          continue;
        }
        StringBuilder out = new StringBuilder();
        int end = 0;
        boolean subject = false;
        for (int j = 0; j < english.size(); j++) {
          Side.Token token = english.at(j);
          out.append(english.text.substring(end, token.start()));
          end = token.end();
          String by = null;
          for (int k = 0; k < 5 && by == null; k++) {
            if (token.key().equals(from[k])) {
              by = to[k];
              subject = k == 0;
            }
          }
          if (by == null && subject) {
            by = token.key().equals(from[5]) ? to[5] : token.key().equals(from[6]) ? to[6] : null;
            if (token.key().equals("was") || token.key().equals("were")) {
              by = to[5].equals("are") ? "were" : "was";
            } else if (token.key().equals("has") || token.key().equals("have")) {
              by = to[5].equals("is") ? "has" : "have";
            }
            subject = false;
          }
          if (by == null) {
            out.append(token.word());
          } else {
            out.append(by.equals("i") ? "I" : token.first() ? like(by, token.word()) : by);
          }
        }
        out.append(english.text.substring(end));
        int i = pair.bestFrench(at);
        contrasts.add(
            new Contrast(
                "contrast.person",
                ErrorKind.PERSON_PRONOUN,
                null,
                out.toString(),
                i < 0 ? null : pair.french.span(i, i + 1),
                english.span(at, at + 1),
                to[0].equals("i") ? "I" : to[0]));
      }
    }
  }

  private static void opposites(Pair pair, List<Contrast> contrasts) {
    Side english = pair.english;
    for (int j = 0; j < english.size(); j++) {
      String key = english.key(j);
      if (!english.at(j).content() || key.length() < 3) {
        if (!key.matches(
            "more|less|before|after|over|under|above|below|most|least|with|few|many")) {
          continue;
        }
      }
      for (WordComparison.Opposites pairOf : WordComparison.OPPOSITES) {
        Set<String> contrary =
            pairOf.one().contains(key)
                ? pairOf.other()
                : pairOf.other().contains(key) ? pairOf.one() : null;
        if (contrary == null) {
          continue;
        }
        List<String> words = new ArrayList<>(contrary);
        words.sort(
            Comparator.comparing((String word) -> !ending(word).equals(ending(key)))
                .thenComparing(Comparator.naturalOrder()));
        words.removeIf(word -> !meant(pair, word));
        for (String word : words.subList(0, Math.min(2, words.size()))) {
          if (ending(word).equals(ending(key))) {
            add(
                pair,
                contrasts,
                "contrast.opposite",
                pairOf.kind(),
                j,
                j + 1,
                like(word, english.at(j).word()));
          }
        }
      }
    }
  }

  /** Whether a French word of the passage can mean {@code word}, or our translation holds it. */
  private static boolean meant(Pair pair, String word) {
    String stem = Stems.of(word, dev.verso.text.Language.ENGLISH);
    for (int i = pair.from; i < pair.to; i++) {
      if (!pair.french.at(i).mark()
          && pair.bridge.forward(pair.french.at(i).stem(), stem) >= 0.05) {
        return true;
      }
    }
    return pair.own.tokens.stream().anyMatch(token -> token.key().equals(word));
  }

  private static String ending(String word) {
    return word.endsWith("ed")
        ? "ed"
        : word.endsWith("ing")
            ? "ing"
            : word.endsWith("s")
                ? "s"
                : word.endsWith("ly") ? "ly" : word.endsWith("er") ? "er" : "";
  }

  private static void figures(Pair pair, List<Contrast> contrasts) {
    Side english = pair.english;
    List<Quantity> figures = Quantity.in(english, 0, english.size());
    for (int a = 0; a < figures.size(); a++) {
      for (int b = a + 1; b < figures.size(); b++) {
        Quantity x = figures.get(a);
        Quantity y = figures.get(b);
        if (x.value() != y.value()
            && x.to() <= y.from()
            && contrasts.size() < MOST
            && exchanged(pair, x, y)) {
          contrasts.add(
              exchange(
                  pair, "contrast.number", ErrorKind.NUMBER, x.from(), x.to(), y.from(), y.to()));
        }
      }
    }
  }

  /** Whether the words around two figures come from around the other figure in the French. */
  private static boolean exchanged(Pair pair, Quantity x, Quantity y) {
    int fx = -1;
    int fy = -1;
    for (Quantity f : Quantity.in(pair.french, pair.from, pair.to)) {
      fx = fx < 0 && f.sameAs(x) ? f.from() : fx;
      fy = fy < 0 && f.sameAs(y) ? f.from() : fy;
    }
    if (fx < 0 || fy < 0) {
      return false;
    }
    double cx = around(pair, x, y);
    double cy = around(pair, y, x);
    return cx >= 0
        && cy >= 0
        && Math.abs(cx - fy) < Math.abs(cx - fx)
        && Math.abs(cy - fx) < Math.abs(cy - fy);
  }

  private static double around(Pair pair, Quantity q, Quantity other) {
    double sum = 0;
    int count = 0;
    for (int j = Math.max(0, q.from() - 3); j < Math.min(pair.english.size(), q.to() + 3); j++) {
      boolean figure = (j >= q.from() && j < q.to()) || (j >= other.from() && j < other.to());
      int i = figure || pair.english.at(j).mark() ? -1 : pair.bestFrench(j);
      if (i >= 0) {
        sum += i;
        count++;
      }
    }
    return count == 0 ? -1 : sum / count;
  }

  /** Whether two chunks stand in one clause, with words between them. */
  private static boolean oneClause(Side side, int end, int start) {
    if (start - end < 1 || start - end > 9) {
      return false;
    }
    for (int j = end; j < start; j++) {
      if (side.at(j).mark()
          || side.key(j).matches("and|or|but|although|while|because|which|who|that|as|,")) {
        return false;
      }
    }
    return true;
  }

  private static void names(Pair pair, List<Contrast> contrasts) {
    List<NameComparison.Name> names =
        NameComparison.in(pair.english, 0, pair.english.size(), pair.bridge);
    for (int a = 0; a < names.size(); a++) {
      for (int b = a + 1; b < names.size() && contrasts.size() < MOST; b++) {
        NameComparison.Name x = names.get(a);
        NameComparison.Name y = names.get(b);
        if (x.sure() && y.sure() && oneClause(pair.english, x.to(), y.from())) {
          contrasts.add(
              exchange(
                  pair,
                  "contrast.order",
                  ErrorKind.AGENT_SWAP,
                  x.from(),
                  x.to(),
                  y.from(),
                  y.to()));
        }
      }
    }
  }

  private static Contrast exchange(
      Pair pair, String signal, ErrorKind kind, int a, int aEnd, int b, int bEnd) {
    Side english = pair.english;
    String first = english.words(a, aEnd);
    String second = english.words(b, bEnd);
    TextSpan one = english.span(a, aEnd);
    TextSpan two = english.span(b, bEnd);
    String text = english.text;
    String put = english.at(a).first() ? like(second, first) : second;
    String back =
        english.at(a).first() && !isProper(english, a)
            ? first.substring(0, 1).toLowerCase(Locale.ROOT) + first.substring(1)
            : first;
    String out =
        text.substring(0, one.start())
            + put
            + text.substring(one.end(), two.start())
            + back
            + text.substring(two.end());
    int i = Integer.MAX_VALUE;
    int iEnd = -1;
    for (int j = a; j < bEnd; j++) {
      int k = pair.bestFrench(j);
      if (k >= 0) {
        i = Math.min(i, k);
        iEnd = Math.max(iEnd, k + 1);
      }
    }
    return new Contrast(
        signal,
        kind,
        null,
        out,
        iEnd < 0 ? null : pair.french.span(i, iEnd),
        english.span(a, bEnd),
        out.substring(
            one.start(), Math.min(out.length(), two.end() + second.length() - second.length())));
  }

  private static boolean isProper(Side side, int at) {
    return !side.at(at).first() || side.key(at).equals("i");
  }

  /** Parties exchanged: chunks whose order our own translation inverts, and pronouns. */
  private static void order(Pair pair, List<Contrast> contrasts) {
    Side english = pair.english;
    if (Pair.has(english, 0, english.size(), "by")
        != Pair.has(pair.own, 0, pair.own.size(), "by")) {
      return;
    }
    Map<String, Integer> own = new HashMap<>();
    for (int h = 0; h < pair.own.size(); h++) {
      if (pair.own.at(h).content()) {
        own.merge(pair.own.at(h).stem(), h, (x, y) -> -1);
      }
    }
    int made = 0;
    for (int a = 0; a < english.size(); a++) {
      Integer ha = english.at(a).content() ? own.get(english.at(a).stem()) : null;
      for (int b = a + 2; b < english.size() && made < 8; b++) {
        Integer hb = english.at(b).content() ? own.get(english.at(b).stem()) : null;
        if (ha == null || hb == null || ha < 0 || hb < 0 || ha < hb) {
          continue;
        }
        int aFrom = chunkStart(english, a, 0);
        int bFrom = chunkStart(english, b, a + 1);
        if (bFrom <= a + 1 || !oneClause(english, a + 1, bFrom)) {
          continue;
        }
        contrasts.add(
            exchange(pair, "contrast.order", ErrorKind.AGENT_SWAP, aFrom, a + 1, bFrom, b + 1));
        made++;
      }
    }
    String[][] cases = {{"he", "him"}, {"she", "her"}, {"i", "me"}, {"we", "us"}, {"they", "them"}};
    for (String[] pronoun : cases) {
      for (int a = 0; a < english.size(); a++) {
        boolean subject = english.key(a).equals(pronoun[0]);
        boolean object = english.key(a).equals(pronoun[1]);
        if (!subject && !object) {
          continue;
        }
        for (int b = Math.max(0, a - 7); b < Math.min(english.size(), a + 8); b++) {
          boolean noun =
              english.at(b).content() && (b + 1 == english.size() || !english.at(b + 1).content());
          if (!noun || Math.abs(a - b) < 2 || (subject ? b < a : b > a) || made >= 12) {
            continue;
          }
          int start = chunkStart(english, b, subject ? a + 1 : 0);
          int low = Math.min(a, start);
          int high = Math.max(a, b);
          String noun1 = english.words(start, b + 1);
          String other = subject ? pronoun[1] : pronoun[0].equals("i") ? "I" : pronoun[0];
          TextSpan p = english.span(a, a + 1);
          TextSpan q = english.span(start, b + 1);
          String text = english.text;
          String out =
              subject
                  ? text.substring(0, p.start())
                      + (english.at(a).first() ? like(noun1, english.at(a).word()) : noun1)
                      + text.substring(p.end(), q.start())
                      + other
                      + text.substring(q.end())
                  : text.substring(0, q.start())
                      + (english.at(start).first() ? like(other, "X") : other)
                      + text.substring(q.end(), p.start())
                      + noun1
                      + text.substring(p.end());
          int i = pair.bestFrench(b);
          int k = pair.bestFrench(a);
          TextSpan from =
              i < 0
                  ? (k < 0 ? null : pair.french.span(k, k + 1))
                  : k < 0
                      ? pair.french.span(i, i + 1)
                      : pair.french.span(Math.min(i, k), Math.max(i, k) + 1);
          contrasts.add(
              new Contrast(
                  "contrast.order",
                  ErrorKind.AGENT_SWAP,
                  null,
                  out,
                  from,
                  english.span(low, high + 1),
                  out.substring(
                      english.at(low).start(), Math.min(out.length(), english.at(high).end()))));
          made++;
        }
      }
    }
  }

  private static int chunkStart(Side side, int at, int least) {
    int start = at;
    while (start > least
        && !side.at(start - 1).mark()
        && at - start < 4
        && (side.key(start - 1)
                .matches("the|a|an|this|that|these|those|my|your|his|her|its|our|their|'s|of")
            || (side.at(start - 1).isCapital() && side.at(start - 1).content()))) {
      start--;
    }
    return start;
  }

  private static void leftOut(Pair pair, List<Contrast> contrasts) {
    Side french = pair.french;
    List<int[]> phrases = new ArrayList<>();
    for (Run run : CoverageComparison.leftOut(pair)) {
      phrases.add(new int[] {run.from(), run.to()});
    }
    for (int i = pair.from; i < pair.to; i++) {
      if (french.at(i).content() && pair.frenchCover[i] < 0.6) {
        phrases.add(new int[] {i, i + 1});
      }
    }
    for (String cue : List.of("ifonly", "epistemic", "atleast", "atmost", "according")) {
      for (Cues.Hit hit : Cues.find(french, cue, pair.from, pair.to)) {
        phrases.add(
            new int[] {
              hit.from(),
              cue.equals("ifonly")
                  ? ReserveComparison.clauseEnd(french, hit.from(), pair.to)
                  : hit.to()
            });
      }
    }
    Set<String> seen = new java.util.HashSet<>();
    int made = 0;
    for (int[] phrase : phrases) {
      if (phrase[1] - phrase[0] >= pair.to - pair.from - 1
          || !seen.add(phrase[0] + "-" + phrase[1])
          || made >= 14) {
        continue;
      }
      TextSpan span = french.span(phrase[0], phrase[1]);
      int start = french.at(pair.from).start();
      int end = french.at(pair.to - 1).end();
      String without =
          tidy(
              french.text.substring(start, span.start())
                  + " "
                  + french.text.substring(span.end(), end));
      boolean condition = Cues.any(french, "ifonly", phrase[0], phrase[1]);
      contrasts.add(
          0,
          new Contrast(
              "contrast.left-out",
              condition ? ErrorKind.CONDITION : ErrorKind.OMISSION,
              without,
              null,
              span,
              null,
              ""));
      made++;
    }
  }
}
