package dev.verso.quote.check;

import dev.verso.quote.Quote;
import dev.verso.quote.QuoteExtractor;
import dev.verso.quote.attribution.QuoteType;
import dev.verso.quote.check.Finding.Severity;
import dev.verso.text.Language;
import dev.verso.text.TextSpan;
import java.util.List;
import java.util.Set;

/**
 * What keeps a claim from being a plain fact: possibility, duty, hope, suspicion, the press
 * conditional, the name of who says it; and conditions.
 */
final class ReserveComparison implements Comparison {

  private static final Set<String> CLAUSE_STARTS =
      Set.of(
          "je",
          "j'",
          "tu",
          "il",
          "elle",
          "on",
          "l'on",
          "nous",
          "vous",
          "ils",
          "elles",
          "le",
          "la",
          "les",
          "l'",
          "un",
          "une",
          "des",
          "du",
          "ce",
          "c'",
          "cette",
          "ces",
          "cela",
          "ça",
          "mon",
          "ma",
          "mes",
          "son",
          "sa",
          "ses",
          "notre",
          "nos",
          "votre",
          "vos",
          "leur",
          "leurs",
          "plus",
          "tout",
          "toute",
          "tous",
          "aucun",
          "aucune",
          "personne",
          "rien",
          "quelqu'un",
          "chaque",
          "de",
          "d'",
          "deux",
          "trois",
          "m",
          "m.",
          "mme",
          "jamais",
          "elle-même");

  @Override
  public void compare(Pair pair, CheckItem item, Evidence evidence) {
    condition(pair, evidence);
    epistemic(pair, item, evidence);
    duty(pair, evidence);
    attribution(pair, item, evidence);
  }

  private static boolean isIf(Side side, Cues.Hit hit) {
    String word = side.key(hit.from());
    if (word.equals("tant") && side.key(hit.from() - 1).equals("en")) {
      return false;
    }
    if (!word.equals("si") || hit.to() - hit.from() > 1) {
      return true;
    }
    if (side.key(hit.from() - 1).equals("même") || side.key(hit.from() - 1).equals("comme")) {
      return false;
    }
    String next = side.key(hit.to());
    return CLAUSE_STARTS.contains(next)
        || (hit.to() < side.size() && side.at(hit.to()).isCapital());
  }

  private static void condition(Pair pair, Evidence evidence) {
    Side french = pair.french;
    Side english = pair.english;
    List<Cues.Hit> said =
        Cues.find(french, "ifonly", pair.from, pair.to).stream()
            .filter(hit -> isIf(french, hit))
            .toList();
    List<Cues.Hit> kept = Cues.find(english, "condition");
    // "soit … soit": either … or, or else.
    int either = 0;
    for (int i = pair.from; i < pair.to; i++) {
      if (french.key(i).equals("soit")) {
        either++;
      }
    }
    if (either >= 2
        && !Pair.has(
            english, 0, english.size(), "or", "either", "otherwise", "else", "unless", "if")) {
      evidence.add(
          "condition",
          1,
          ErrorKind.CONDITION,
          Severity.MAJOR,
          firstOf(french, pair, "soit"),
          firstOf(english, 0, english.size(), "and"),
          "The French offers a choice (“soit … soit”); the English joins both.");
    }
    if (!said.isEmpty() && kept.isEmpty()) {
      Cues.Hit hit = said.get(0);
      int end = clauseEnd(french, hit.from(), pair.to);
      boolean mild =
          Pair.has(english, 0, english.size(), "to", "by", "for")
              && hit.to() - hit.from() == 1
              && pair.covered(french, pair.frenchCover, hit.from(), end) > 0.7;
      evidence.add(
          "condition",
          mild ? 0.5 : 1,
          ErrorKind.CONDITION,
          Severity.MAJOR,
          french.span(hit.from(), end),
          range(pair, hit.from(), end),
          "The condition “" + french.words(hit.from(), end) + "” is lost.");
    } else if (said.size() > kept.size()) {
      for (Cues.Hit hit : said) {
        int end = clauseEnd(french, hit.from(), pair.to);
        double covered = pair.covered(french, pair.frenchCover, hit.from(), end);
        if (covered < 0.5) {
          evidence.add(
              "condition",
              0.5 + 0.5 * (1 - covered),
              ErrorKind.CONDITION,
              Severity.MAJOR,
              french.span(hit.from(), end),
              null,
              "The condition “" + french.words(hit.from(), end) + "” is lost.");
        }
      }
    }
    if (said.isEmpty() && !Cues.any(french, "condition", 0, french.size())) {
      for (Cues.Hit hit : kept) {
        if (Set.of("if", "unless", "provided", "otherwise").contains(english.key(hit.from()))) {
          evidence.add(
              "condition",
              0.15,
              ErrorKind.CONDITION,
              Severity.MAJOR,
              null,
              english.span(hit.from(), hit.to()),
              "The French sets no such condition.");
        }
      }
    }
  }

  private static TextSpan firstOf(Side side, Pair pair, String key) {
    return firstOf(side, pair.from, pair.to, key);
  }

  private static TextSpan firstOf(Side side, int from, int to, String key) {
    for (int i = from; i < to; i++) {
      if (side.key(i).equals(key)) {
        return side.span(i, i + 1);
      }
    }
    return null;
  }

  /** The end of the clause that begins at {@code from}: the next mark, or the end. */
  static int clauseEnd(Side side, int from, int to) {
    for (int i = from + 2; i < to; i++) {
      if (side.at(i).mark() && ",;:.!?)—\"»”".contains(side.at(i).word())) {
        return i;
      }
    }
    return to;
  }

  static TextSpan range(Pair pair, int from, int to) {
    int[] range = pair.englishOf(from, to);
    return range == null ? null : pair.english.span(range[0], range[1]);
  }

  private static void epistemic(Pair pair, CheckItem item, Evidence evidence) {
    Side french = pair.french;
    Side english = pair.english;
    int n = english.size();
    boolean possible = Cues.any(english, "possible", 0, n);
    boolean seem = Cues.any(english, "seem", 0, n);
    boolean report = Cues.any(english, "report", 0, n);
    List<Verbs.Form> forms = Verbs.french(french, pair.from, pair.to, pair.bridge);
    List<Verbs.Form> conditionals =
        forms.stream()
            .filter(form -> form.time() == Verbs.Time.CONDITIONAL)
            .filter(
                form ->
                    !french.key(form.from()).matches("(voudr|souhaiter|aimer|faudr|préférer).*"))
            .toList();
    boolean conditionalEnglish =
        Pair.has(english, 0, n, "would", "could", "might", "should", "'d", "may");
    boolean supposed =
        Cues.find(french, "ifonly", 0, french.size()).stream().anyMatch(h -> isIf(french, h));
    if (!conditionals.isEmpty()) {
      Verbs.Form form = conditionals.get(0);
      boolean hearsay =
          Cues.any(english, "hearsay", 0, n)
              || Pair.has(english, 0, n, "according", "expected", "set", "likely", "said");
      boolean kept =
          conditionalEnglish
              || hearsay
              || seem
              || Pair.has(english, 0, n, "if", "wish", "were", "had");
      boolean future = Cues.any(english, "futurelax", 0, n);
      boolean attributed = !item.directQuote() && report;
      if (!kept) {
        TextSpan target = verb(pair, form);
        boolean tense =
            item.directQuote() && Pair.has(english, 0, n, "have", "has", "been", "was", "were");
        evidence.add(
            "hedge",
            attributed ? 0.4 : future ? 0.7 : 1,
            tense && !pastConditional(french, form)
                ? ErrorKind.TENSE_ASPECT
                : ErrorKind.MODALITY_HEDGE,
            Severity.MAJOR,
            french.span(
                form.from(),
                Math.min(pair.to, form.to() + (pastConditional(french, form) ? 1 : 0))),
            target,
            "The French conditional “"
                + french.words(form.from(), form.to())
                + "” marks it as unconfirmed or supposed; the English states a fact.");
      } else if (!supposed
          && !attributed
          && !item.directQuote()
          && !hearsay
          && !seem
          && Cues.any(french, "according", 0, french.size())
          && !report) {
        evidence.add(
            "hedge",
            0.3,
            ErrorKind.MODALITY_HEDGE,
            Severity.MINOR,
            french.span(form.from(), form.to()),
            null,
            "The press conditional needs “reportedly” or the like.");
      }
    }
    List<Cues.Hit> hedges = Cues.find(french, "epistemic", pair.from, pair.to);
    if (!hedges.isEmpty() && !possible && !seem && !conditionalEnglish) {
      Cues.Hit hit = hedges.get(0);
      evidence.add(
          "hedge",
          0.9,
          ErrorKind.MODALITY_HEDGE,
          Severity.MAJOR,
          french.span(hit.from(), hit.to()),
          modal(pair, hit),
          "“"
              + french.words(hit.from(), hit.to())
              + "” only says that it may be; the English says that it is.");
    } else if (!hedges.isEmpty()
        && Cues.any(english, "strongmodal", 0, n)
        && !Cues.any(english, "weakmodal", 0, n)
        && !Pair.has(
            english,
            0,
            n,
            "likely",
            "seems",
            "seem",
            "possible",
            "possibly",
            "apparently",
            "could",
            "probably",
            "risk",
            "risks")) {
      Cues.Hit hit = hedges.get(0);
      Cues.Hit strong = Cues.find(english, "strongmodal").get(0);
      boolean future = Verbs.times(forms).contains(Verbs.Time.FUTURE);
      evidence.add(
          "modal",
          future ? 0.3 : 0.8,
          ErrorKind.MODALITY_HEDGE,
          Severity.MAJOR,
          french.span(hit.from(), hit.to()),
          english.span(strong.from(), Math.min(n, strong.to() + 1)),
          "“" + french.words(hit.from(), hit.to()) + "” only says that it may be.");
    }
    List<Cues.Hit> may = Cues.find(french, "may", pair.from, pair.to);
    if (!may.isEmpty() && !possible && !conditionalEnglish && !seem) {
      Cues.Hit hit = may.get(0);
      boolean must = Pair.has(english, 0, n, "must", "will", "shall", "'ll");
      evidence.add(
          "hedge",
          must ? 0.9 : 0.4,
          ErrorKind.MODALITY_HEDGE,
          Severity.MAJOR,
          french.span(hit.from(), hit.to()),
          modal(pair, hit),
          "“" + french.words(hit.from(), hit.to()) + "” (can, may) is lost.");
    }
    List<Cues.Hit> suspicions = Cues.find(french, "suspicion", pair.from, pair.to);
    if (!suspicions.isEmpty()) {
      Cues.Hit hit = suspicions.get(suspicions.size() - 1);
      boolean alleged = Cues.any(english, "alleged", 0, n);
      List<Cues.Hit> verdict = Cues.find(english, "verdict");
      boolean adverb = french.key(hit.from()).matches("prétend.*|présum.*|suppos.*|soi-disant");
      boolean keptAdverb =
          Cues.any(english, "hearsay", 0, n)
              || Pair.has(
                  english,
                  0,
                  n,
                  "suspected",
                  "suspect",
                  "suspects",
                  "so-called",
                  "claimed",
                  "presumed",
                  "claims",
                  "suspicion");
      if (!verdict.isEmpty() && !alleged) {
        evidence.add(
            "hedge",
            1,
            ErrorKind.POLARITY_STRENGTH,
            Severity.MAJOR,
            french.span(hit.from(), hit.to()),
            english.span(verdict.get(0).from(), verdict.get(0).to()),
            "“" + french.words(hit.from(), hit.to()) + "” is a suspicion, not a finding.");
      } else if (adverb ? !keptAdverb : !alleged) {
        evidence.add(
            "hedge",
            0.8,
            ErrorKind.MODALITY_HEDGE,
            Severity.MAJOR,
            french.span(hit.from(), hit.to()),
            range(pair, Math.max(pair.from, hit.from() - 1), Math.min(pair.to, hit.to() + 1)),
            "“"
                + french.words(hit.from(), hit.to())
                + "” marks a suspicion; the English states a fact.");
      }
    }
    List<Cues.Hit> wishes = Cues.find(french, "wish", pair.from, pair.to);
    if (!wishes.isEmpty() && !Cues.any(english, "hope", 0, n) && !possible) {
      Cues.Hit hit = wishes.get(0);
      evidence.add(
          "hedge",
          0.6,
          ErrorKind.MODALITY_HEDGE,
          Severity.MAJOR,
          french.span(hit.from(), hit.to()),
          range(pair, hit.from(), Math.min(pair.to, hit.to() + 2)),
          "“"
              + french.words(hit.from(), hit.to())
              + "” is a wish or a plan; the English says that it is so.");
    }
    // Reserves that the French doesn't make.
    boolean any =
        !hedges.isEmpty()
            || !may.isEmpty()
            || !conditionals.isEmpty()
            || !suspicions.isEmpty()
            || Cues.any(french, "possible", pair.from, pair.to)
            || Cues.any(french, "seem", pair.from, pair.to)
            || Cues.any(french, "should", pair.from, pair.to)
            || !wishes.isEmpty()
            || supposed;
    boolean subjunctive = Cues.any(french, "condition", pair.from, pair.to);
    if (!any) {
      List<Cues.Hit> weak = Cues.find(english, "weakmodal");
      boolean month =
          weak.size() == 1 && english.words(weak.get(0).from(), weak.get(0).to()).equals("May");
      if (!weak.isEmpty() && !month && !subjunctive) {
        Cues.Hit hit = weak.get(0);
        boolean must = Cues.any(french, "must", pair.from, pair.to);
        evidence.add(
            "modal",
            must ? 1 : 0.6,
            ErrorKind.MODALITY_HEDGE,
            Severity.MAJOR,
            must
                ? hitSpan(french, Cues.find(french, "must", pair.from, pair.to).get(0))
                : source(pair, hit.to()),
            english.span(hit.from(), hit.to()),
            "The French makes no such reserve as “" + english.words(hit.from(), hit.to()) + "”.");
      }
      List<Cues.Hit> hearsay = Cues.find(english, "hearsay");
      if (!hearsay.isEmpty()
          && !Cues.any(french, "report", 0, french.size())
          && !Cues.any(french, "alleged", 0, french.size())) {
        Cues.Hit hit = hearsay.get(0);
        evidence.add(
            "modal",
            0.5,
            ErrorKind.MODALITY_HEDGE,
            Severity.MAJOR,
            null,
            english.span(hit.from(), hit.to()),
            "The French makes no such reserve.");
      }
    }
  }

  private static TextSpan hitSpan(Side side, Cues.Hit hit) {
    return side.span(hit.from(), hit.to());
  }

  private static TextSpan source(Pair pair, int j) {
    if (j >= pair.english.size()) {
      return null;
    }
    int i = pair.bestFrench(j);
    return i < 0 ? null : pair.french.span(i, i + 1);
  }

  private static boolean pastConditional(Side french, Verbs.Form form) {
    return french.key(form.from()).matches("aurai.*|serai.*")
        && form.to() < french.size()
        && french.key(form.to()).matches(".*(é|ée|és|ées|i|is|u|us|it|ert)");
  }

  /** The English verb that a French form is linked to. */
  static TextSpan verb(Pair pair, Verbs.Form form) {
    int[] range = pair.englishOf(form.from(), Math.min(pair.to, form.to() + 1));
    if (range == null) {
      return null;
    }
    int from = range[0];
    int to = Math.min(range[1], range[0] + 4);
    return pair.english.span(from, to);
  }

  private static TextSpan modal(Pair pair, Cues.Hit hit) {
    for (int j = 0; j < pair.english.size(); j++) {
      if (Set.of("will", "must", "shall", "'ll").contains(pair.english.key(j))) {
        return pair.english.span(j, Math.min(pair.english.size(), j + 2));
      }
    }
    return range(pair, hit.from(), Math.min(pair.to, hit.to() + 1));
  }

  private static void duty(Pair pair, Evidence evidence) {
    Side french = pair.french;
    Side english = pair.english;
    int n = english.size();
    List<Cues.Hit> must = Cues.find(french, "must", pair.from, pair.to);
    if (!must.isEmpty()) {
      Cues.Hit hit = must.get(0);
      if (!Cues.any(english, "necessary", 0, n)) {
        boolean weak = Pair.has(english, 0, n, "may", "might", "could", "can");
        for (int j = 0; j < n && weak; j++) {
          if (Set.of("may", "might", "could", "can").contains(english.key(j))) {
            evidence.add(
                "modal",
                Cues.any(french, "possible", pair.from, pair.to) ? 0.4 : 1,
                ErrorKind.MODALITY_HEDGE,
                Severity.MAJOR,
                hitSpan(french, hit),
                english.span(j, j + 1),
                "“"
                    + french.words(hit.from(), hit.to())
                    + "” is a must, not “"
                    + english.key(j)
                    + "”.");
            break;
          }
        }
        if (!weak) {
          evidence.add(
              "modal",
              0.3,
              ErrorKind.MODALITY_HEDGE,
              Severity.MINOR,
              hitSpan(french, hit),
              null,
              "“" + french.words(hit.from(), hit.to()) + "” (must) is lost.");
        }
      }
      return;
    }
    if (!Cues.any(french, "necessary", pair.from, pair.to)
        && !Cues.any(french, "should", pair.from, pair.to)) {
      for (int j = 0; j < n; j++) {
        boolean haveTo = english.key(j).matches("have|has|had") && english.key(j + 1).equals("to");
        if (english.key(j).equals("must") || haveTo) {
          boolean may =
              Cues.any(french, "may", pair.from, pair.to)
                  || Cues.any(french, "epistemic", pair.from, pair.to);
          evidence.add(
              "modal",
              may ? 0.9 : 0.4,
              ErrorKind.MODALITY_HEDGE,
              Severity.MAJOR,
              null,
              english.span(j, haveTo ? j + 2 : j + 1),
              "The French doesn't say that it must be.");
          return;
        }
        if (english.key(j).equals("should")
            && j > 0
            && !Cues.any(french, "condition", pair.from, pair.to)
            && !Cues.any(french, "hope", pair.from, pair.to)) {
          evidence.add(
              "modal",
              0.3,
              ErrorKind.MODALITY_HEDGE,
              Severity.MAJOR,
              null,
              english.span(j, j + 1),
              "The French doesn't say “should”.");
          return;
        }
      }
    }
  }

  private static void attribution(Pair pair, CheckItem item, Evidence evidence) {
    if (item.directQuote()) {
      return;
    }
    Side french = pair.french;
    Side english = pair.english;
    boolean report = Cues.any(english, "report", 0, english.size());
    boolean hedged = Cues.any(english, "hearsay", 0, english.size());
    if (report || hedged) {
      return;
    }
    TextSpan cue = null;
    List<Cues.Hit> according = Cues.find(french, "according", pair.from, pair.to);
    if (!according.isEmpty()) {
      Cues.Hit hit = according.get(0);
      cue = french.span(hit.from(), clauseEnd(french, hit.from(), pair.to));
    } else {
      for (Quote quote :
          QuoteExtractor.of(Language.FRENCH).report(french.text, pair.cancellation).quotes()) {
        if (quote.cue() != null
            && quote.speaker() != null
            && quote.type() != QuoteType.DIRECT
            && !quote.cue().of(french.text).equalsIgnoreCase("pour")
            && !quote.speaker().of(french.text).matches("(?i)moi|je|j'|nous")) {
          cue = quote.cue().union(quote.speaker());
        }
      }
    }
    if (cue == null) {
      for (Cues.Hit hit : Cues.find(french, "reportstrict", pair.from, pair.to)) {
        if (pair.frenchCover[hit.from()] < 0.5) {
          cue = french.span(hit.from(), hit.to());
          evidence.add(
              "attribution",
              0.6,
              ErrorKind.MODALITY_HEDGE,
              Severity.MAJOR,
              cue,
              range(pair, hit.from(), Math.min(pair.to, hit.to() + 4)),
              "The French gives it as somebody's word (“"
                  + cue.of(french.text)
                  + "”); the English states it as a fact.");
          return;
        }
      }
    }
    if (cue != null) {
      TextSpan target = english.size() < 2 ? null : english.span(0, Math.min(english.size(), 4));
      evidence.add(
          "attribution",
          1,
          ErrorKind.MODALITY_HEDGE,
          Severity.MAJOR,
          cue,
          target,
          "The French gives it as somebody's word (“"
              + cue.of(french.text)
              + "”); the English states it as a fact.");
    }
  }
}
