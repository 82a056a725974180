package dev.verso.quote.cue;

import dev.verso.language.Conjugation;
import dev.verso.quote.mark.QuotationMarks;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds the words of a sentence that report, their complements and who speaks. */
public final class CueFinder {

  private static final int OPENING = 60; // units of a passage read for its first verb
  private static final int REACH = 40; // words from a cue to its complement

  private final Phrases p;
  private final boolean french;
  private final List<CueBuilder> cues = new ArrayList<>();

  /** What {@link #isEmbedded} found of each cue: 0 not asked, 1 no, 2 yes. */
  private byte[] embedded = new byte[0];

  private CueFinder(Phrases phrases) {
    this.p = phrases;
    this.french = phrases.french;
  }

  /** The cues of the sentence, in order. */
  public static List<Cue> find(Phrases phrases) {
    CueFinder finder = new CueFinder(phrases);
    finder.scan();
    return finder.cues.stream().map(CueBuilder::build).toList();
  }

  private void scan() {
    for (int i = 0; i < p.size(); i++) {
      if (!p.at(i).isWord()) {
        continue;
      }
      CueBuilder cue = verb(i);
      if (cue == null) {
        cue = adjective(i);
      }
      if (cue == null) {
        cue = preposition(i);
      }
      if (cue == null) {
        cue = noun(i);
      }
      if (cue != null) {
        cues.add(cue);
        i = Math.max(i, cue.at);
      }
    }
    for (CueBuilder cue : cues) {
      complement(cue);
    }
    denied();
    cues.removeIf(this::isNoCue);
    speakers();
    cues.removeIf(this::isNobody);
    cues.sort(Comparator.comparingInt(cue -> cue.from));
  }

  /** "Elle nie avoir dit : « … »": what is denied is the saying. */
  private void denied() {
    for (int c = 1; c < cues.size(); c++) {
      CueBuilder outer = cues.get(c - 1);
      CueBuilder inner = cues.get(c);
      boolean governs =
          outer.complement == Cue.Complement.INFINITIVE && outer.complementAt == inner.from;
      if (governs && outer.entry.allows('n')) {
        inner.negated = inner.negated != outer.negated;
      }
    }
  }

  // ---- verbs

  private CueBuilder verb(int i) {
    String lower = p.at(i).lower();
    List<ReportingLexicon.Reading> readings = p.lexicon.readings(lower);
    if (p.at(i).isCapitalised() && i > 0 && !p.isPassage(i - 1) && !p.isSign(i - 1, ".")) {
      return null;
    }
    if (readings.isEmpty() || (isInverted(i) && !saysInItself(readings))) {
      return positional(i);
    }
    ReportingLexicon.Reading finite = null;
    ReportingLexicon.Reading participle = null;
    ReportingLexicon.Reading gerund = null;
    ReportingLexicon.Reading infinitive = null;
    for (ReportingLexicon.Reading reading : readings) {
      boolean reflexive = reading.entry().reflexive();
      if (reflexive && !hasReflexive(i)) {
        continue;
      }
      if (reading.entry().allows('f') && reading.form() != Conjugation.Form.INFINITIVE) {
        continue;
      }
      boolean better = reflexive; // a reflexive reading beats the plain one
      switch (reading.form()) {
        case FINITE -> finite = finite == null || better ? reading : finite;
        case PARTICIPLE -> participle = participle == null || better ? reading : participle;
        case GERUND -> gerund = gerund == null || better ? reading : gerund;
        case INFINITIVE -> infinitive = infinitive == null || better ? reading : infinitive;
      }
    }
    if (participle != null) {
      CueBuilder cue = french ? compound(i, participle.entry()) : perfect(i, participle.entry());
      if (cue != null) {
        return cue;
      }
    }
    if (infinitive != null) {
      CueBuilder cue = infinitive(i, infinitive.entry());
      if (cue != null) {
        return cue;
      }
    }
    if (finite != null) {
      CueBuilder cue = finite(i, finite.entry());
      if (cue != null) {
        return cue;
      }
    }
    if (gerund != null && (!french || !p.isNounHere(i) || p.is(i - 1, "en"))) {
      boolean attributive = p.in("determiner", i - 1) || (p.in("be", i - 1) && !french);
      if (!attributive) {
        int from = p.is(i - 1, "en", "by", "while") ? i - 1 : i;
        from = p.is(from - 1, "tout") ? from - 1 : from;
        from = p.in("clitic", from - 1) && french ? from - 1 : from;
        CueBuilder cue = new CueBuilder(i, from, i, gerund.entry(), Cue.Kind.GERUND);
        negation(cue);
        return cue;
      }
    }
    return null;
  }

  private static boolean saysInItself(List<ReportingLexicon.Reading> readings) {
    return readings.stream().anyMatch(r -> r.entry().allows('d') && !r.entry().allows('f'));
  }

  /** "« … », entend-on": a verb with its pronoun right behind a passage. */
  private boolean isInverted(int i) {
    return isBehindPassage(i) && i + 1 < p.size() && p.at(i + 1).kind() == Word.Kind.CLITIC;
  }

  // ---- verbs that no list knows

  /**
   * A verb in the place where reporting verbs stand, whatever it means: inverted behind a passage
   * or between commas, « … », tempête X; behind a passage and its subject, "…," X deadpanned.
   */
  private CueBuilder positional(int i) {
    String lower = p.at(i).lower();
    if (p.at(i).isCapitalised() || isFunctionWord(i) || (!french && p.in("be", i - 1))) {
      return null;
    }
    ReportingLexicon.Entry entry = new ReportingLexicon.Entry(lower, "say", "d", false);
    if (french && p.lexicon.canBe(lower, Conjugation.Form.PARTICIPLE)) {
      CueBuilder cue = compound(i, entry);
      if (cue != null && !cue.coordinated && cue.kind == Cue.Kind.VERB && stands(cue)) {
        return cue;
      }
    }
    boolean present = !french && lower.length() > 3 && lower.endsWith("s");
    boolean returned = !french && isBehindPassage(i) && p.is(i + 1, "back"); // "shot back X"
    if (!present && !returned && !p.lexicon.canBe(lower, Conjugation.Form.FINITE)) {
      return null;
    }
    CueBuilder cue = new CueBuilder(i, groupStart(i), i, entry, Cue.Kind.VERB);
    if (i + 1 < p.size() && p.at(i + 1).kind() == Word.Kind.CLITIC) {
      cue.clitic = i + 1;
      cue.to = i + 1;
    }
    cue.to = returned ? i + 1 : cue.to;
    return stands(cue) ? cue : null;
  }

  private boolean isFunctionWord(int i) {
    return p.in("preposition", i)
        || p.in("conjunction", i)
        || p.in("determiner", i)
        || p.in("pronoun", i)
        || p.in("adverb", i)
        || p.in("negation", i)
        || p.in("relative", i)
        || p.in("time", i)
        || p.in("preadjective", i)
        || p.in("naming", i)
        || p.in("modal", i)
        || p.in("unhesitating", i)
        || p.in("avoir", i)
        || p.in("être", i)
        || p.in("finite", i)
        || p.isAdverb(i)
        || p.isCourtesy(i);
  }

  /** Whether the verb group stands where a reporting verb does. */
  private boolean stands(CueBuilder cue) {
    int before = cue.from - 1;
    boolean comma = p.isSign(before, ",");
    boolean behind = p.isPassage(comma ? before - 1 : before);
    if (behind && (!opens(comma ? before - 1 : before) || (!comma && !speaksFor(before)))) {
      return false;
    }
    boolean turn = p.at(0).isDash() && p.isSign(before, "!?…"); // "— Quoi ? s'étrangle sa mère"
    if (cue.clitic >= 0) {
      return behind || comma || turn;
    }
    if (turn) {
      Mention right = p.subjectAfter(cue.to + 1, new int[1]);
      return right != null && right.kind() != Mention.Kind.PRONOUN && right.animate();
    }
    if (behind || comma) {
      int[] end = new int[1];
      Mention right = p.subjectAfter(cue.to + 1, end);
      if (right == null || right.kind() == Mention.Kind.PRONOUN) {
        return false;
      }
      if (behind && (right.animate() || comma || isOpen(before))) {
        return true;
      }
      if (behind || !right.animate()) {
        return false;
      }
      boolean person =
          right.text().indexOf(' ') > 0
              && (right.kind() == Mention.Kind.NAME
                  || "person".equals(p.lexicon.source(right.head())));
      return person
          && (french || cue.from > 1)
          && p.lexicon.source(p.at(cue.at).lower()) == null
          && right.span().start() == p.at(cue.to + 1).start()
          && (end[0] >= p.size() || p.isSign(end[0], ",.;"));
    }
    return followsSubject(cue);
  }

  /**
   * Whether the passage opens its clause: "Le quartier, dit « x », attend la ministre" does not.
   */
  private boolean opens(int passage) {
    for (int i = passage - 1; i >= 0; i--) {
      if (p.isSign(i, ":;") || p.isPassage(i)) {
        return true;
      }
      boolean light =
          p.isAdverb(i)
              || p.in("discourse", i)
              || p.in("conjunction", i)
              || p.at(i).kind() == Word.Kind.SIGN;
      if (!light) {
        return false;
      }
    }
    return true;
  }

  /** "“…,” X deadpanned.": the subject right behind the passage, nothing governed behind. */
  private boolean followsSubject(CueBuilder cue) {
    if (french && !p.in("avoir", cue.from)) {
      return false;
    }
    int start = p.subjectStart(cue.from);
    int passage = p.isSign(start - 1, ",") ? start - 2 : start - 1;
    Mention left = p.subjectBefore(cue.from);
    int next = cue.to + 1;
    boolean free =
        next >= p.size()
            || p.isSign(next, ".,;")
            || p.in("preposition", next)
            || p.in("time", next)
            || p.isAdverb(next);
    return start < cue.from
        && p.isPassage(passage)
        && opens(passage)
        && (passage + 1 < start || speaksFor(passage))
        && left != null
        && left.animate()
        && free;
  }

  /** Whether the passage ends as words do that a reporting clause follows: “…,” and “… !” */
  private boolean isOpen(int passage) {
    TextSpan extent = p.at(passage).passage().extent();
    return ",!?…".indexOf(p.text.charAt(extent.end() - 1)) >= 0;
  }

  /** Whether the passage looks like words that were said rather than like a title. */
  private boolean speaksFor(int passage) {
    TextSpan extent = p.at(passage).passage().extent();
    char last = p.text.charAt(extent.end() - 1);
    int spaces = 0;
    for (int i = extent.start(); i < extent.end() && spaces < 4; i++) {
      spaces += QuotationMarks.isSpace(p.text.charAt(i)) ? 1 : 0;
    }
    return ",.!?…".indexOf(last) >= 0 || spaces == 4;
  }

  private boolean hasReflexive(int i) {
    for (int j = i - 1, steps = 0; j >= 0 && steps < 5; j--, steps++) {
      if (p.is(j, "se", "s'", "m'", "me", "nous")) {
        return true;
      }
      boolean skip =
          p.in("être", j)
              || p.in("negation", j)
              || p.isAdverb(j)
              || p.is(j, "en", "y")
              || p.at(j).kind() == Word.Kind.CLITIC;
      if (!skip) {
        return false;
      }
    }
    return false;
  }

  /** A participle with its auxiliary: a déclaré, ont-ils ajouté, s'est félicité, a fait savoir. */
  private CueBuilder compound(int i, ReportingLexicon.Entry entry) {
    int clitic = -1;
    int j = i - 1;
    int steps = 0;
    boolean commas = false;
    while (j >= 0 && steps < 9) {
      Word word = p.at(j);
      if (p.in("avoir", j) || p.in("être", j)) {
        break;
      }
      boolean looseClitic = p.is(j, "t") && p.in("subject", j + 1);
      if (word.kind() == Word.Kind.CLITIC) {
        clitic = j;
      } else if (p.in("subject", j) && (p.in("avoir", j - 1) || p.is(j - 1, "t"))) {
        clitic = j; // "a t il réagi"
      } else if (looseClitic
          || p.isAdverb(j)
          || p.in("negation", j)
          || p.is(j, "fait", "lui-même", "elle-même")) {
        // between auxiliary and participle
      } else if (!commas && isAdverbial(j)) {
        break;
      } else if (word.isSign(",") && (commas || steps < 6)) {
        commas = true;
      } else if (commas && !p.isFinite(j) && word.isWord()) {
        // a parenthesis between commas: "a, dans la foulée, annoncé"
      } else {
        break;
      }
      j--;
      steps++;
    }
    if (!commas && j >= 0 && !p.in("avoir", j) && !p.in("être", j) && isAdverbial(j)) {
      while (!p.in("avoir", j)) {
        j--;
      }
    }
    boolean auxiliary = j >= 0 && (p.in("avoir", j) || p.in("être", j));
    if (auxiliary && commas && !isPaired(j, i)) {
      auxiliary = false;
    }
    if (!auxiliary) {
      return coordinated(i, entry);
    }
    if (p.in("être", j)) {
      if (!entry.reflexive() && !hasReflexive(j + 1)) {
        return null; // the passive
      }
    } else if (entry.reflexive()) {
      return null;
    }
    int from = groupStart(j);
    boolean gerund = p.is(j, "ayant", "étant");
    boolean infinitive = p.is(j, "avoir", "être");
    CueBuilder cue =
        new CueBuilder(i, from, i, entry, gerund || infinitive ? Cue.Kind.GERUND : Cue.Kind.VERB);
    cue.clitic = clitic;
    if (i + 1 < p.size() && p.at(i + 1).kind() == Word.Kind.CLITIC) {
      cue.clitic = i + 1; // "a dit-il"
      cue.to = i + 1;
    }
    negation(cue);
    return cue;
  }

  /** Whether "par la suite", "de son côté" ends at {@code j}, after an auxiliary. */
  private boolean isAdverbial(int j) {
    for (int k = j; k > 0 && j - k < 5; k--) {
      if (!p.at(k).isWord() || p.isFinite(k)) {
        return false;
      }
      if (p.in("preposition", k)) {
        int before = k - 1;
        while (before > 0 && p.isAdverb(before)) {
          before--;
        }
        if (p.in("avoir", before)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isPaired(int from, int to) {
    int commas = 0;
    for (int j = from + 1; j < to; j++) {
      commas += p.isSign(j, ",") ? 1 : 0;
    }
    return commas == 2 || commas == 0;
  }

  /** A participle that shares the auxiliary of one before: "a souri et expliqué que". */
  private CueBuilder coordinated(int i, ReportingLexicon.Entry entry) {
    if (entry.reflexive()) {
      return null;
    }
    int j = i - 1;
    while (j >= 0 && p.isAdverb(j)) {
      j--;
    }
    if (!p.is(j, "et", "puis", "mais", "ou") && !p.isSign(j, ",")) {
      return null;
    }
    boolean auxiliary = false;
    for (int k = j - 1; k >= 0 && j - k < REACH && !auxiliary; k--) {
      if (p.isSign(k, ";:")) {
        break;
      }
      auxiliary = p.in("avoir", k) && p.lexicon.isParticiple(p.at(nextNonAdverb(k + 1)).lower());
    }
    int next = nextNonAdverb(i + 1);
    boolean evidence =
        p.isPassage(i + 1)
            || p.isPassage(i + 2)
            || p.is(next, "que", "qu'")
            || p.isSign(next, ":")
            || isInfinitiveAt(i + 1)
            || (hasPassageAfter(i) && !p.isFinite(next));
    if (!auxiliary
        || !evidence
        || (p.isSign(j, ",")
            && !p.is(next, "que", "qu'")
            && !p.isPassage(i + 1)
            && !p.isPassage(i + 2))) {
      return null;
    }
    CueBuilder cue = new CueBuilder(i, i, i, entry, Cue.Kind.VERB);
    cue.coordinated = true;
    return cue;
  }

  private boolean hasPassageAfter(int i) {
    for (int j = i + 1; j < Math.min(p.size(), i + 8); j++) {
      if (p.isPassage(j)) {
        return true;
      }
    }
    return false;
  }

  private int nextNonAdverb(int i) {
    int j = i;
    while (j < p.size() - 1 && (p.isAdverb(j) || p.in("negation", j))) {
      j++;
    }
    return Math.min(j, p.size() - 1);
  }

  private boolean isInfinitiveAt(int i) {
    int j = i;
    while (p.in("clitic", j) || p.in("negation", j) || p.is(j, "ne", "n'")) {
      j++;
    }
    return j < p.size() && p.at(j).isWord() && isInfinitive(j);
  }

  private boolean isInfinitive(int i) {
    String lower = p.at(i).lower();
    if (p.lexicon.isInfinitive(lower)) {
      return true;
    }
    return french
        && lower.length() > 4
        && (lower.endsWith("er") || lower.endsWith("ir") || lower.endsWith("oir"))
        && !p.lexicon.isAdverb(lower)
        && !p.lexicon.in("time", lower)
        && !p.lexicon.in("preadjective", lower)
        && !p.lexicon.in("notinfinitive", lower)
        && p.lexicon.source(lower) == null
        && !p.at(i).isCapitalised();
  }

  /** An English perfect: has said. */
  private CueBuilder perfect(int i, ReportingLexicon.Entry entry) {
    int j = i - 1;
    int steps = 0;
    while (j >= 0 && steps < 4 && (p.isAdverb(j) || p.in("negation", j) || p.is(j, "been"))) {
      if (p.is(j, "been")) {
        return null;
      }
      j--;
      steps++;
    }
    if (j < 0 || !p.in("avoir", j)) {
      return null;
    }
    CueBuilder cue = new CueBuilder(i, groupStart(j), i, entry, Cue.Kind.VERB);
    negation(cue);
    return cue;
  }

  private CueBuilder finite(int i, ReportingLexicon.Entry entry) {
    if (french) {
      boolean inverted = isBehindPassage(i) && p.isPhraseStart(i + 1); // « … », juge le maire
      if ((p.isNounHere(i) && !inverted) || p.is(i - 1, "autrement", "soi-disant", "c'est-à")) {
        return null;
      }
      if (p.in("preposition", i - 1) && !p.is(i - 1, "en")) {
        return null;
      }
      String lower = p.at(i).lower(); // "Rappelons que", "Notez que"
      int copula = i - 1;
      while (copula > 0 && p.isAdverb(copula)) {
        copula--;
      }
      if (p.in("être", copula) && !p.in("subject", i - 1) && !p.is(i - 1, "s'", "se")) {
        return null; // "était très critique"
      }
      boolean imperative =
          (lower.endsWith("ons") || lower.endsWith("ez"))
              && !p.in("subject", i - 1)
              && !p.in("clitic", i - 1)
              && !(i + 1 < p.size() && p.at(i + 1).kind() == Word.Kind.CLITIC);
      if (imperative) {
        return null;
      }
    } else {
      boolean afterTo = p.is(i - 1, "to");
      boolean noun =
          p.in("determiner", i - 1)
              || (p.in("preposition", i - 1) && !afterTo)
              || p.is(i - 1, "'s")
              || (p.in("preadjective", i - 1) && p.lexicon.source(p.at(i - 1).lower()) == null)
              || (p.at(i).isCapitalised() && i > 0);
      if (noun || p.in("be", i - 1) || (p.in("be", i - 2) && p.isAdverb(i - 1))) {
        return null;
      }
      boolean base = p.lexicon.isInfinitive(p.at(i).lower());
      if (base && (afterTo || p.in("modal", i - 1) || p.in("modal", i - 2))) {
        return null; // handled as an infinitive
      }
    }
    int clitic = -1;
    int to = i;
    if (i + 1 < p.size() && p.at(i + 1).kind() == Word.Kind.CLITIC) {
      clitic = i + 1;
      to = i + 1;
    } else if (french && p.is(i + 1, "t") && p.in("subject", i + 2)) {
      clitic = i + 2;
      to = i + 2;
    }
    CueBuilder cue = new CueBuilder(i, groupStart(i), to, entry, Cue.Kind.VERB);
    cue.clitic = clitic;
    negation(cue);
    return cue;
  }

  private CueBuilder infinitive(int i, ReportingLexicon.Entry entry) {
    int j = i - 1;
    while (j >= 0
        && (p.in("clitic", j)
            || p.at(j).kind() == Word.Kind.CLITIC
            || (p.in("negation", j) && !p.is(j, "ne")))) {
      j--;
    }
    if (j < 0) {
      return null;
    }
    if (entry.allows('f') && !p.in("faire", j)) {
      return null;
    }
    if (french && p.in("faire", j) && !p.is(j, "faire")) {
      int from = j;
      int k = j - 1;
      while (k >= 0
          && (p.isAdverb(k) || p.in("negation", k) || p.at(k).kind() == Word.Kind.CLITIC)) {
        k--;
      }
      CueBuilder cue;
      if (p.in("avoir", k) && p.is(j, "fait", "laissé")) {
        from = k;
      }
      cue =
          new CueBuilder(
              i,
              groupStart(from),
              i,
              entry,
              p.is(j, "faisant", "laissant") ? Cue.Kind.GERUND : Cue.Kind.VERB);
      for (int c = from; c < i; c++) {
        if (p.at(c).kind() == Word.Kind.CLITIC) {
          cue.clitic = c;
        }
      }
      negation(cue);
      return cue;
    }
    boolean linked =
        p.is(j, "à", "de", "d'", "to") || (p.is(j, "par") && p.is(j - 1, "fini", "finit"));
    int modal = linked ? j - 1 : j;
    while (modal >= 0 && (p.isAdverb(modal) && !p.in("modal", modal))) {
      modal--;
    }
    if (p.in("modal", modal) || p.in("unhesitating", modal)) {
      boolean meaning =
          (entry.lemma().equals("dire") || entry.lemma().equals("say"))
              && p.is(
                  modal,
                  "veut",
                  "veulent",
                  "voulait",
                  "peut",
                  "peuvent",
                  "doit",
                  "pourrait",
                  "can",
                  "could",
                  "might",
                  "may",
                  "must",
                  "would");
      if (meaning || p.is(modal, "pourrait", "pourraient", "could", "might")) {
        return null;
      }
      int from = modal;
      int k = modal - 1;
      while (k >= 0 && (p.isAdverb(k) || p.in("negation", k))) {
        k--;
      }
      if (p.in("avoir", k) || p.in("être", k)) {
        from = k;
      }
      CueBuilder cue = new CueBuilder(i, groupStart(from), i, entry, Cue.Kind.VERB);
      negation(cue);
      cue.negated |= p.is(modal, "declined", "refused", "refuses", "declines");
      if (p.in("unhesitating", modal)) {
        cue.negated = entry.allows('n'); // "n'a pas hésité à dire"
      }
      if (i + 1 < p.size() && p.at(i + 1).kind() == Word.Kind.CLITIC) {
        cue.clitic = i + 1;
        cue.to = i + 1;
      }
      return cue;
    }
    if (p.is(j, "à", "pour", "de", "d'", "to") && !p.isSign(j - 1, "-") && !p.is(j - 1, "c'est")) {
      return new CueBuilder(i, j, i, entry, Cue.Kind.INFINITIVE);
    }
    return null;
  }

  /**
   * The first word of the verb group whose finite verb is at {@code i}: clitics and ne before it.
   */
  private int groupStart(int i) {
    int from = i;
    while (from > 0
        && french
        && p.in("clitic", from - 1)
        && !(from == 1 && p.is(0, "lui", "eux")) // "Lui préfère": the subject
        && !(p.is(from - 1, "nous", "vous") && !p.in("subject", from - 2) && agreesWithUs(i))
        && !(p.is(from - 1, "le", "la", "les", "l'", "leur", "en")
            && !p.in("subject", from - 2)
            && !p.in("clitic", from - 2)
            && !p.is(from - 2, "qui"))) {
      from--;
    }
    if (!french) {
      while (from > 0
          && (p.in("avoir", from - 1)
              || p.in("modal", from - 1)
              || p.in("negation", from - 1)
              || p.is(from - 1, "do", "does", "did"))) {
        from--;
      }
    }
    return from;
  }

  /** Whether the verb can have "nous" or "vous" for its subject: "nous avons", not "nous a". */
  private boolean agreesWithUs(int i) {
    String lower = p.at(i).lower();
    return lower.endsWith("ons")
        || lower.endsWith("ez")
        || lower.endsWith("mes") // sommes, fûmes
        || lower.endsWith("tes"); // êtes, dites
  }

  private void negation(CueBuilder cue) {
    boolean first = !french;
    boolean second = false;
    for (int i = cue.from; i <= Math.min(cue.to + 2, p.size() - 1); i++) {
      if (i > cue.to && !p.in("negation", i) && !p.isAdverb(i)) {
        break;
      }
      String lower = p.at(i).lower();
      first |= p.is(i, "ne", "n'");
      second |=
          (p.in("negation", i) && i <= cue.to + (french ? 2 : 0))
              || (!french && lower.endsWith("n't"));
    }
    boolean alone = french && first && hasModalParticiple(cue); // "n'a pu confirmer"
    boolean not = first && (second || alone);
    cue.negated = not != cue.entry.allows('n');
  }

  private boolean hasModalParticiple(CueBuilder cue) {
    for (int i = cue.from; i < cue.at; i++) {
      if (p.is(i, "pu", "su", "peut", "peuvent", "pouvait", "sait", "ose", "osé")) {
        return true;
      }
    }
    return false;
  }

  // ---- other cues

  private CueBuilder adjective(int i) {
    ReportingLexicon.Entry entry = p.lexicon.adjective(p.at(i).lower());
    if (entry == null) {
      return null;
    }
    int j = i - 1;
    while (j >= 0 && (p.isAdverb(j) || p.in("negation", j))) {
      j--;
    }
    if (j < 0 || !(p.in("être", j) || p.in("be", j)) || p.is(j, "être", "étant")) {
      return null;
    }
    boolean clause = p.is(i + 1, "que", "qu'", "that");
    if (!clause) {
      return null;
    }
    if (entry.allows('w') && (p.is(j - 1, "il", "it", "c'") || p.is(j - 2, "il"))) {
      return null; // "il est certain que": nobody says so
    }
    CueBuilder cue = new CueBuilder(i, groupStart(j), i, entry, Cue.Kind.ADJECTIVE);
    negation(cue);
    return cue;
  }

  /** selon X, d'après X, pour X, de l'avis de X, aux yeux de X, according to X. */
  private CueBuilder preposition(int i) {
    int to = -1;
    String shade = "say";
    if (french) {
      if (p.is(i, "selon")) {
        to = i;
      } else if (p.is(i, "d'") && p.is(i + 1, "après") && !p.is(i - 1, "et")) {
        to = i + 1;
      } else if (p.is(i, "pour")
          && (i == 0
              || (p.in("conjunction", i - 1) && i == 1)
              || (p.isSign(i - 1, ",") && (i == 2 || p.isPassage(i - 2))))) {
        to = i;
        shade = "think";
      } else if (p.is(i, "à") && p.is(i + 1, "en") && p.is(i + 2, "croire")) {
        to = i + 2;
      } else if (p.is(i, "dixit")) {
        to = i;
      } else if (p.is(i, "aux")
          && p.is(i + 1, "yeux", "dires")
          && p.is(i + 2, "de", "d'", "du", "des")) {
        to = p.is(i + 2, "de", "d'") ? i + 2 : i + 1;
        shade = "think";
      } else if (p.is(i, "de")
          && p.is(i + 1, "l'")
          && p.is(i + 2, "avis", "aveu")
          && p.is(i + 3, "de", "d'", "du", "des", "même")) {
        int own = p.is(i + 3, "même") ? i + 4 : i + 3;
        to = p.is(own, "de", "d'") ? own : own - 1;
      } else if (p.is(i, "aux") && p.is(i + 1, "termes")) {
        to = -1;
      }
    } else {
      if (p.is(i, "according") && p.is(i + 1, "to")) {
        to = i + 1;
      } else if (p.is(i, "in")
          && p.is(i + 1, "the")
          && p.is(i + 2, "words", "view", "opinion")
          && p.is(i + 3, "of")) {
        to = i + 3;
      } else if (p.is(i, "in") && viewOf(i) > 0) {
        to = i;
        shade = "think";
      } else if (p.is(i, "for") && i == 0) {
        to = i;
        shade = "think";
      }
    }
    if (to < 0 || to + 1 >= p.size()) {
      return null;
    }
    if (p.is(
        to + 1, "que", "qu'", "whether", "si", "s'", "quel", "quelle", "quels", "quelles", "qui",
        "which", "what", "how")) {
      return null;
    }
    if (p.is(i, "pour", "for") && (isInfinitiveAt(to + 1) || p.is(to + 1, "que", "qu'"))) {
      return null;
    }
    if (p.is(to + 1, "ce") && p.in("relative", to + 2)) {
      return null;
    }
    String lemma = p.at(i).lower();
    int at = p.is(i, "selon", "pour", "dixit", "for", "according") ? i : to;
    if (p.is(i, "d'")) {
      lemma = "d'après";
      at = i;
    }
    ReportingLexicon.Entry entry = new ReportingLexicon.Entry(lemma, shade, "dqm", false);
    return new CueBuilder(at, i, to, entry, Cue.Kind.PREPOSITION);
  }

  /** Where the "'s" of "in Dale Foster's view" stands, or -1. */
  private int viewOf(int in) {
    for (int k = in + 2; k < Math.min(p.size() - 1, in + 8) && p.at(k).isWord(); k++) {
      if (p.is(k, "'s")) {
        return p.in("viewnoun", k + 1) ? k : -1;
      }
    }
    return -1;
  }

  private CueBuilder noun(int i) {
    ReportingLexicon.Entry entry = p.lexicon.noun(p.at(i).lower());
    if (entry == null || isPartOfRole(i)) {
      return null;
    }
    // "mot", "promesse" … with a quotation soon after it
    for (int j = i + 1; j < Math.min(p.size(), i + 14); j++) {
      if (p.isPassage(j)) {
        boolean near =
            p.isSign(j - 1, ":(")
                || (j == i + 1 && p.in("wording", i) && p.in("thisorhis", i - 1))
                || (p.isSign(j - 1, ",") && p.isSign(j - 2, ":"))
                || p.is(j - 1, "selon")
                || (p.in("relative", j - 1) && p.is(j - 2, "selon"));
        if (near) {
          CueBuilder cue = new CueBuilder(i, i, i, entry, Cue.Kind.NOUN);
          cue.complement = p.isSign(j - 1, ":") ? Cue.Complement.COLON : Cue.Complement.PASSAGE;
          cue.complementAt = j;
          return cue;
        }
        return null;
      }
      if (p.isSign(j, ".;") || (p.isFinite(j) && !p.in("relative", j - 1))) {
        return null;
      }
    }
    return null;
  }

  /** "La présidente du conseil départemental": the council is whose president she is. */
  private boolean isPartOfRole(int i) {
    int j = i - 1;
    while (j > 0 && p.in("determiner", j) && !p.is(j, "du", "des")) {
      j--;
    }
    return p.is(j, "du", "des", "de", "d'", "of")
        && j > 0
        && p.lexicon.source(p.at(i).lower()) != null
        && "person".equals(p.lexicon.source(p.at(j - 1).lower()));
  }

  // ---- complements

  private void complement(CueBuilder cue) {
    if (cue.kind == Cue.Kind.NOUN || cue.kind == Cue.Kind.PREPOSITION) {
      return;
    }
    int j = cue.to + 1;
    boolean inPhrase = false; // a prepositional phrase
    boolean phrase = false; // a bare noun phrase that is its object or its hearer
    int limit = Math.min(p.size(), cue.to + REACH);
    while (j < limit) {
      Word word = p.at(j);
      if (word.isPassage()) {
        if (!phrase && !inPhrase) {
          set(cue, Cue.Complement.PASSAGE, j);
        } else if (phrase) {
          set(cue, Cue.Complement.PHRASE, cue.to + 1);
        }
        return;
      }
      if (word.isSign(":")) {
        set(cue, Cue.Complement.COLON, j + 1);
        return;
      }
      if (word.isSign("(") && p.isPassage(j + 1)) {
        set(cue, Cue.Complement.PASSAGE, j + 1);
        return;
      }
      if (word.isSign("(")) {
        while (j < limit && !p.isSign(j, ")")) {
          j++;
        }
        j++;
        continue;
      }
      if (word.isSign(",")) {
        if (p.isPassage(j + 1)) {
          if (!phrase) {
            set(cue, Cue.Complement.PASSAGE, j + 1);
          }
          return;
        }
        if (isThat(j + 1) && !phrase) {
          clause(cue, j + 1);
          return;
        }
        int close = closingComma(j + 1, limit);
        if (close > 0 && !phrase) {
          j = close; // read again as the comma before "que"
          if (isThat(j + 1) || p.is(j + 1, "sur", "on")) {
            j++;
            continue;
          }
          if (p.isPassage(j + 1)) {
            set(cue, Cue.Complement.PASSAGE, j + 1);
            return;
          }
        }
        if (phrase) {
          set(cue, Cue.Complement.PHRASE, cue.to + 1);
        }
        return;
      }
      if (word.kind() == Word.Kind.SIGN && !word.isSign("'’/&-")) {
        break;
      }
      if (isThat(j) && !isComparative(j, cue.to)) {
        if (phrase && !cue.entry.allows('a') && !isTold(cue)) {
          set(cue, Cue.Complement.PHRASE, cue.to + 1);
          return;
        }
        clause(cue, j);
        return;
      }
      if ((french && p.is(j, "ce") && p.is(j + 1, "que", "qu'", "qui", "dont"))
          || (!french && p.is(j, "what", "how", "why", "where", "when") && !inPhrase && !phrase)) {
        if (cue.entry.allows('q') || cue.entry.allows('s')) {
          set(cue, Cue.Complement.QUESTION, j);
        }
        return;
      }
      boolean ifWord =
          french
              ? (p.is(j, "si") && !p.isAdverb(j + 1)) || (p.is(j, "s'") && p.is(j + 1, "il", "ils"))
              : p.is(j, "whether", "if");
      if (ifWord
          && !phrase
          && (cue.entry.allows('s') || cue.negated || cue.entry.lemma().equals("dire"))) {
        set(cue, Cue.Complement.QUESTION, j + 1);
        return;
      }
      if (french && p.is(j, "pourquoi", "comment", "combien", "quand") && cue.entry.allows('s')) {
        set(cue, Cue.Complement.QUESTION, j + 1);
        return;
      }
      if (!inPhrase && !phrase && cue.entry.allows('i') && isInfinitiveAt(j) && french) {
        set(cue, Cue.Complement.INFINITIVE, j);
        return;
      }
      if (!phrase
          && cue.entry.allows('e')
          && p.is(j, "de", "d'", "to")
          && (isInfinitiveAt(j + 1) || !french)) {
        set(cue, Cue.Complement.INFINITIVE, j + 1);
        return;
      }
      boolean time =
          p.in("time", j)
              || (p.in("determiner", j)
                  && (p.in("time", j + 1)
                      || (p.in("time", j + 2)
                          && j + 1 < p.size()
                          && p.at(j + 1).kind() == Word.Kind.NUMBER)))
              || (word.kind() == Word.Kind.NUMBER && p.in("time", j + 1));
      if (time) {
        j += p.in("determiner", j) || word.kind() == Word.Kind.NUMBER ? 2 : 1;
        continue;
      }
      if (p.in("preposition", j)
          && !(p.is(j, "en") && p.lexicon.isGerund(j + 1 < p.size() ? p.at(j + 1).lower() : ""))) {
        inPhrase = true;
        j++;
        continue;
      }
      if (cue.entry.reflexive() && !phrase && p.lexicon.adjective(word.lower()) != null) {
        j++;
        continue;
      }
      if (p.isAdverb(j)
          || p.in("negation", j)
          || (p.in("clitic", j) && french && !p.in("determiner", j))) {
        j++;
        continue;
      }
      if (!french && !inPhrase && !isBehindPassage(cue) && zeroThat(cue, j)) {
        set(cue, Cue.Complement.CLAUSE, j);
        return;
      }
      if (p.in("relative", j) || (p.in("conjunction", j) && !p.is(j, "et", "and"))) {
        break;
      }
      if (p.is(j, "et", "and") && (!inPhrase || p.isFinite(j + 1) || p.in("subject", j + 1))) {
        break;
      }
      if (p.isFinite(j) && !(inPhrase && !p.isAdverb(j - 1) && p.in("determiner", j - 1))) {
        break;
      }
      if (p.lexicon.isGerund(word.lower()) && !inPhrase) {
        break;
      }
      if (!inPhrase) {
        phrase = true;
      }
      j++;
    }
    if (phrase) {
      set(cue, Cue.Complement.PHRASE, cue.to + 1);
    }
  }

  /** "“…,” said a source close to the matter": the phrase behind is the subject. */
  private boolean isBehindPassage(CueBuilder cue) {
    return isBehindPassage(cue.from);
  }

  private boolean isBehindPassage(int from) {
    int before = from - 1;
    return p.isPassage(before) || (p.isSign(before, ",") && p.isPassage(before - 1));
  }

  private boolean isTold(CueBuilder cue) {
    return !french && cue.entry.allows('a');
  }

  /** Whether an English clause without "that" starts at {@code j}. */
  private boolean zeroThat(CueBuilder cue, int j) {
    if (!cue.entry.allows('q') || cue.kind == Cue.Kind.ADJECTIVE) {
      return false;
    }
    boolean start =
        p.in("subject", j)
            || p.in("determiner", j)
            || p.isName(j)
            || p.isCourtesy(j)
            || p.is(j, "there", "it", "this", "that", "no", "more", "most", "many")
            || p.at(j).kind() == Word.Kind.NUMBER
            || (!p.lexicon.isAdverb(p.at(j).lower())
                && !p.in("preposition", j)
                && (p.isFinite(j + 1) || p.isFinite(j + 2)));
    if (!start) {
      return false;
    }
    for (int k = j + 1; k < Math.min(p.size(), j + 14); k++) {
      if (p.at(k).kind() == Word.Kind.SIGN && p.at(k).isSign(";:.?!(")) {
        return false;
      }
      if (p.in("relative", k)) {
        return false;
      }
      if (p.isFinite(k)) {
        return true;
      }
      if (p.isPassage(k)) {
        return opensWithVerb(k); // said the plant "will not close"
      }
    }
    return false;
  }

  private boolean opensWithVerb(int passage) {
    TextSpan extent = p.at(passage).passage().extent();
    int end = Math.min(extent.end(), extent.start() + OPENING);
    List<Word> words = Tokens.of(p.text, extent.start(), end, p.lexicon.language());
    return new Phrases(p.text, words, p.lexicon).opensWithVerb();
  }

  private int closingComma(int from, int limit) {
    for (int j = from; j < Math.min(limit, from + 14); j++) {
      if (p.isSign(j, ",")) {
        return isThat(j + 1) || p.isPassage(j + 1) || p.is(j + 1, "sur", "on") ? j : -1;
      }
      if (p.isPassage(j) || p.isSign(j, ";:") || isThat(j) || (p.isFinite(j) && j > from + 6)) {
        return -1;
      }
    }
    return -1;
  }

  private boolean isThat(int j) {
    if (french) {
      return p.is(j, "que", "qu'");
    }
    return p.is(j, "that");
  }

  private boolean isComparative(int j, int after) {
    for (int k = j - 1; k > after && k >= j - 3; k--) {
      if (p.is(
          k,
          "plus",
          "moins",
          "aussi",
          "autant",
          "même",
          "autre",
          "autres",
          "plutôt",
          "tel",
          "telle",
          "tellement",
          "mieux",
          "ailleurs",
          "rien",
          "tant")) {
        return true;
      }
    }
    return p.is(
        j - 1, "pour", "afin", "bien", "avant", "après", "sans", "dès", "alors", "tandis", "parce",
        "depuis", "pendant", "sorte", "lors", "so", "now");
  }

  private void clause(CueBuilder cue, int that) {
    if (cue.entry.allows('q') || cue.kind == Cue.Kind.ADJECTIVE || cue.entry.allows('a')) {
      set(cue, Cue.Complement.CLAUSE, that + 1);
    } else if (p.isPassage(that + 1) || hasPassageAfter(that)) {
      set(cue, Cue.Complement.PHRASE, that + 1);
    }
  }

  private static void set(CueBuilder cue, Cue.Complement complement, int at) {
    cue.complement = complement;
    cue.complementAt = at;
  }

  /** Whether a word that can report does not do so here. */
  private boolean isNoCue(CueBuilder cue) {
    if (cue.kind == Cue.Kind.VERB && cue.clitic < 0 && !cue.coordinated) {
      int before = cue.from - 1;
      while (before > 0 && p.isAdverb(before)) {
        before--;
      }
      if (p.in("inanimate", before)) {
        return true;
      }
    }
    if (cue.kind == Cue.Kind.INFINITIVE || cue.kind == Cue.Kind.GERUND) {
      return switch (cue.complement) {
        case CLAUSE, QUESTION, PASSAGE, COLON -> false;
        case INFINITIVE -> cue.kind == Cue.Kind.INFINITIVE;
        case PHRASE, NONE -> !cue.entry.allows('m') || !hasPassage();
      };
    }
    return false;
  }

  /** Whether a cue of no fixed subject has found none that can speak. */
  private boolean isNobody(CueBuilder cue) {
    if (cue.kind == Cue.Kind.INFINITIVE && cue.complement == Cue.Complement.COLON && cue.from < 2) {
      return false; // "Et d'ajouter : « … »"
    }
    if (cue.kind == Cue.Kind.INFINITIVE) {
      return cue.entry.allows('g')
          || cue.speaker == null
          || !cue.speaker.animate()
          || p.lexicon.in("inanimate", cue.speaker.head());
    }
    if (cue.speaker != null && p.lexicon.in("inanimate", cue.speaker.head())) {
      return cue.kind == Cue.Kind.VERB || cue.kind == Cue.Kind.GERUND;
    }
    return false;
  }

  private boolean hasPassage() {
    for (Word word : p.words) {
      if (word.isPassage()) {
        return true;
      }
    }
    return false;
  }

  // ---- who speaks

  private void speakers() {
    Mention last = null;
    for (CueBuilder cue : cues) {
      switch (cue.kind) {
        case PREPOSITION -> prepositional(cue);
        case GERUND, INFINITIVE -> {
          // resolved below: the subject of the sentence
        }
        case NOUN -> {}
        default -> verbal(cue, last);
      }
      if (cue.speaker != null && cue.kind != Cue.Kind.PREPOSITION) {
        last = cue.speaker;
      }
    }
    embedded = new byte[cues.size()];
    for (int c = 0; c < cues.size(); c++) {
      CueBuilder cue = cues.get(c);
      if (cue.speaker == null && cue.kind != Cue.Kind.PREPOSITION) {
        cue.speaker = shared(c);
      }
    }
  }

  private void verbal(CueBuilder cue, Mention last) {
    if (cue.clitic >= 0) {
      cue.speaker = p.pronoun(cue.clitic);
      int bodyEnd = body(cue);
      cue.dialogue = p.is(cue.clitic, "je", "tu", "nous", "vous");
      boolean noun =
          cue.complement == Cue.Complement.NONE || cue.complement == Cue.Complement.PHRASE;
      cue.incise = noun || !isThatBefore(cue);
      cue.inciseStart = cue.from;
      cue.inciseEnd = Math.max(bodyEnd, cue.to + 1);
      if (cue.complement == Cue.Complement.COLON || cue.complement == Cue.Complement.CLAUSE) {
        cue.incise = false;
      }
      return;
    }
    if (cue.coordinated) {
      cue.speaker = last;
      return;
    }
    int before = cue.from - 1;
    while (before >= 0 && p.isAdverb(before) && before > 0 && !p.in("subject", before)) {
      before--;
    }
    boolean open =
        before < 0
            || p.isPassage(before)
            || p.isSign(before, ",")
            || p.at(before).isDash()
            || p.isSign(before, "!?…")
            || (p.isSign(before, ".") && p.isPassage(before - 1));
    Mention left = p.subjectBefore(cue.from);
    if (left != null && left.kind() == Mention.Kind.PRONOUN) {
      cue.dialogue = p.lexicon.in("dialogue", left.head());
    }
    // "Comme ils disent, …"
    int first = p.subjectStart(cue.from);
    if (left != null
        && p.is(first - 1, "comme", "as")
        && p.isSign(cue.to + 1, ",")
        && (first == 1 || p.isSign(first - 2, ","))) {
      cue.speaker = left;
      if (first == 1) {
        cue.complement = Cue.Complement.CLAUSE;
        cue.complementAt = cue.to + 2;
      }
      return;
    }
    if (p.is(before, "comme") && before == 0 && cue.complement != Cue.Complement.CLAUSE) {
      int[] end = new int[1];
      Mention right = p.subjectAfter(cue.to + 1, end);
      if (right != null && p.isSign(end[0], ",")) {
        cue.speaker = right;
        cue.complement = Cue.Complement.CLAUSE;
        cue.complementAt = end[0] + 1;
        return;
      }
    }
    boolean object =
        cue.complement == Cue.Complement.CLAUSE
            || cue.complement == Cue.Complement.QUESTION
            || cue.complement == Cue.Complement.INFINITIVE
            || cue.complement == Cue.Complement.COLON;
    if (open && !object) {
      int[] end = new int[1];
      Mention right = p.subjectAfter(cue.to + 1, end);
      boolean told = !french && cue.entry.allows('a'); // "the director, X, told AFP"
      if (right != null && !told && cue.entry.allows('d') && isSpeaker(cue, right, before)) {
        cue.speaker = right;
        cue.incise = true;
        cue.inciseStart = cue.from;
        cue.inciseEnd = end[0];
        return;
      }
    }
    if (object
        && open
        && before >= 0
        && (p.isPassage(before) || (p.isSign(before, ",") && p.isPassage(before - 1)))
        && cue.complement == Cue.Complement.COLON) {
      int[] end = new int[1];
      Mention right = p.subjectAfter(cue.to + 1, end);
      if (right != null) {
        cue.speaker = right;
        cue.incise = true;
        cue.inciseStart = cue.from;
        cue.inciseEnd = end[0];
        return;
      }
    }
    cue.speaker = left;
    if (left != null && left.kind() == Mention.Kind.PRONOUN) {
      body(cue);
    }
    if (left == null && before >= 0 && p.in("conjunction", before)) {
      cue.coordinated = true;
      cue.speaker = last;
    }
    if ((left == null && p.is(before, "que", "qu'", "comme", "où", "ce", "as"))
        || p.is(before, "que", "qu'", "comme", "as")) {
      int[] end = new int[1];
      Mention right = p.subjectAfter(cue.to + 1, end);
      if (right != null) {
        cue.speaker = right;
        if (p.is(before, "comme", "as")
            && (p.isPassage(before - 1)
                || (p.isPassage(before - 2) && p.isSign(before - 1, ",")))) {
          cue.incise = true;
          cue.inciseStart = before;
          cue.inciseEnd = end[0];
        }
      }
    }
    // "« … », he said." and "« … » M. X a déclaré."
    boolean bare =
        cue.complement == Cue.Complement.NONE
            || (cue.complement == Cue.Complement.PASSAGE && p.isSign(cue.complementAt - 1, ","))
            || (cue.complement == Cue.Complement.PHRASE && !french);
    if (bare && left != null && !cue.coordinated) {
      int start = p.subjectStart(cue.from);
      int j = start - 1;
      if (p.isSign(cue.from - 1, ",")) {
        j = -1;
        for (int k = cue.from - 2; k >= 0; k--) {
          if (p.at(k).start() == left.span().start() || p.isPassage(k)) {
            j = p.isPassage(k) ? k : k - 1;
            break;
          }
        }
        for (int k = j; k >= 0 && k > j - 8; k--) {
          if (p.isPassage(k)) {
            j = k;
            break;
          }
          if (p.isSign(k, ".;:")) {
            break;
          }
        }
      }
      boolean behind =
          j >= 0
              && (p.isPassage(j)
                  || (p.isSign(j, ",")
                      && (p.isPassage(j - 1)
                          || (!french && (p.hasFinite(0, j) || p.isSign(cue.to + 1, ","))))));
      if (behind) {
        cue.incise = true;
        cue.inciseStart = j + 1;
        boolean told = !french && cue.entry.allows('a') && p.isPhraseStart(cue.to + 1);
        cue.inciseEnd = told ? p.phraseEnd(cue.to + 1) : cue.to + 1;
      }
    }
  }

  /** Names the body that an impersonal pronoun stands for; where its phrase ends, or -1. */
  private int body(CueBuilder cue) {
    if (!french || !p.lexicon.in("impersonal", cue.speaker.head())) {
      return -1;
    }
    Bodies bodies = new Bodies(p);
    Bodies.Body body = bodies.after(cue.to + 1);
    if (body != null) {
      cue.speaker = body.mention();
      return body.end();
    }
    Mention opening = bodies.opening();
    if (opening != null && opening.span().start() < p.at(cue.at).start()) {
      cue.speaker = opening;
    }
    return -1;
  }

  private boolean isThatBefore(CueBuilder cue) {
    return p.is(cue.from - 1, "que", "qu'");
  }

  /** Whether a phrase after the verb is its subject rather than its object. */
  private boolean isSpeaker(CueBuilder cue, Mention right, int before) {
    if (right.kind() == Mention.Kind.PRONOUN) {
      return !french || p.lexicon.in("latter", right.head()); // "a répété celui-ci"
    }
    if (p.at(0).isDash() && p.isSign(before, "!?…")) {
      return right.animate(); // "— Pourquoi ? demande le juge."
    }
    if (before >= 0 && p.isPassage(before)) {
      char last = p.text.charAt(p.at(before).passage().extent().end() - 1);
      return right.animate()
          || ",!?…".indexOf(last) >= 0; // a title may be the subject: "« X » décrit la guerre"
    }
    if (before > 0 && p.isSign(before, ",.") && p.isPassage(before - 1)) {
      return true;
    }
    if (cue.entry.allows('m') && !cue.entry.allows('q') && !cue.entry.reflexive()) {
      return false; // ", a remercié la foule"
    }
    return right.animate()
        && (right.kind() == Mention.Kind.NAME
            || !"document".equals(p.lexicon.source(right.head()))
            || p.lexicon.in("wording", right.head())
            || p.lexicon.in("bulletin", right.head()));
  }

  private void prepositional(CueBuilder cue) {
    int start = cue.to + 1;
    if (p.is(start, "laquelle", "lequel", "lesquels", "lesquelles") || p.is(start, "which")) {
      int j = cue.from - 1;
      if (p.isSign(j, ",")) {
        cue.speaker = nounBefore(j);
      } else {
        cue.speaker = nounPhraseBack(j);
      }
      cue.to = start;
      if (cue.speaker != null && isWord(cue.speaker)) {
        cue.complement = Cue.Complement.CLAUSE;
        cue.complementAt = start + 1;
      } else {
        cue.speaker = null;
      }
      return;
    }
    if (!french && p.is(cue.from, "in") && cue.to == cue.from) {
      int owner = viewOf(cue.from);
      cue.speaker = p.mention(start, owner);
      cue.to = owner + 1;
      return;
    }
    int end;
    if (p.in("pronoun", start) && !p.in("determiner", start)) {
      end = start + 1;
    } else {
      end = prepositionalEnd(start);
    }
    Mention mention = p.mention(start, end);
    cue.to = end - 1;
    if (mention == null) {
      cue.complement = Cue.Complement.NONE;
      return;
    }
    if (mention.kind() == Mention.Kind.DESCRIPTION) {
      // "les premiers éléments de l'enquête de l'Inspection générale de la police (IGPN)"
      if (p.lexicon.in("notsource", mention.head())) {
        return;
      }
    }
    cue.speaker = mention;
  }

  private int prepositionalEnd(int start) {
    int i = start + 1;
    while (i < p.size() && i - start < REACH) {
      Word word = p.at(i);
      if (word.isPassage() || word.isSign(",;:.!?")) {
        break;
      }
      if (word.isSign("(")) {
        int close = i;
        while (close < p.size() && !p.isSign(close, ")") && close - i < 12) {
          close++;
        }
        if (!p.isSign(close, ")")) {
          break;
        }
        i = close + 1;
        continue;
      }
      boolean subject =
          p.in("subject", i)
              || p.is(i, "ce", "c'", "cela", "ça")
              || (p.in("determiner", i)
                  && !p.at(i).isCapitalised()
                  && i > start + 1
                  && !p.in("preposition", i - 1)
                  && !p.in("determiner", i - 1)
                  && !p.is(i, "de", "d'", "du", "des")
                  && !p.is(i - 1, "et", "and", "ou", "&"));
      boolean noun = p.lexicon.source(word.lower()) != null || p.lexicon.noun(word.lower()) != null;
      if (subject || (p.isFinite(i) && !noun && !p.in("relative", i - 1))) {
        break;
      }
      if (p.in("time", i)
          && !p.in("preposition", i - 1)
          && !p.in("determiner", i - 1)
          && !p.isSign(i + 1, ",")) {
        break;
      }
      i++;
    }
    return i;
  }

  /** Whether "selon lequel" can take it up: a rumour, a document, a promise. */
  private boolean isWord(Mention mention) {
    return "document".equals(p.lexicon.source(mention.head()))
        || p.lexicon.noun(mention.head()) != null
        || (mention.kind() == Mention.Kind.DESCRIPTION && headIsDocument(mention));
  }

  private boolean headIsDocument(Mention mention) {
    for (int i = 0; i < p.size(); i++) {
      if (p.at(i).start() >= mention.span().start() && p.at(i).end() <= mention.span().end()) {
        String lower = p.at(i).lower();
        if ("document".equals(p.lexicon.source(lower)) || p.lexicon.noun(lower) != null) {
          return true;
        }
      }
    }
    return false;
  }

  /** The noun phrase nearest before the comma, the head of a clause that a relative takes up. */
  private Mention nounBefore(int comma) {
    for (int j = comma - 1; j >= 0; j--) {
      if ((p.at(j).isWord() && p.lexicon.noun(p.at(j).lower()) != null)
          || (p.at(j).isWord() && "document".equals(p.lexicon.source(p.at(j).lower())))) {
        return nounPhraseBack(j);
      }
    }
    return null;
  }

  private Mention nounPhraseBack(int j) {
    int start = j;
    while (start > 0
        && j - start < 12
        && !p.isPassage(start - 1)
        && p.at(start - 1).isWord()
        && !p.isFinite(start - 1)
        && !p.in("conjunction", start - 1)) {
      start--;
      if (p.in("determiner", start)
          && !p.is(start, "de", "d'", "du", "des", "la", "le", "les", "l'")) {
        break;
      }
    }
    while (start < j && p.in("preposition", start)) {
      start++;
    }
    Mention mention = p.mention(start, j + 1);
    if (mention != null && mention.kind() == Mention.Kind.NAME) {
      return new Mention(
          new TextSpan(p.at(start).start(), p.at(j).end()),
          new TextSpan(p.at(start).start(), p.at(j).end()).of(p.text),
          Mention.Kind.DESCRIPTION,
          p.at(start).lower(),
          (char) 0,
          false,
          true);
    }
    return mention;
  }

  /** "Et Paul Roy, le promoteur, de conclure :": the subject of an infinitive that narrates. */
  private Mention narrated(CueBuilder cue) {
    if (!french
        || cue.kind != Cue.Kind.INFINITIVE
        || !p.is(cue.from, "de", "d'")
        || !p.is(0, "et")
        || !p.isPhraseStart(1)
        || cue.from < 2
        || p.hasFinite(1, cue.from)) {
      return null;
    }
    Mention mention = p.mention(1, Math.min(cue.from, p.phraseEnd(1)));
    return mention != null && mention.animate() ? mention : null;
  }

  /** The speaker of a verb without a subject of its own: of the verb before, or of the sentence. */
  private Mention shared(int c) {
    CueBuilder cue = cues.get(c);
    Mention own = narrated(cue);
    if (own != null) {
      return own;
    }
    for (int k = c - 1; k >= 0; k--) {
      CueBuilder other = cues.get(k);
      if (!isEmbedded(k)
          && other.speaker != null
          && other.kind != Cue.Kind.PREPOSITION
          && other.kind != Cue.Kind.NOUN) {
        return other.speaker;
      }
    }
    Mention subject = p.mainSubject(cue.from);
    if (subject != null && cue.from > 0) {
      return subject;
    }
    // "Disant que …, X a ajouté": the subject after the comma
    for (int k = c + 1; k < cues.size(); k++) {
      CueBuilder other = cues.get(k);
      if (other.speaker != null && other.kind == Cue.Kind.VERB && !other.coordinated) {
        return other.speaker;
      }
    }
    boolean opens = cue.kind == Cue.Kind.GERUND || cue.kind == Cue.Kind.INFINITIVE;
    return opens ? subjectBehindComma(cue.at) : null;
  }

  /** Whether cue {@code k} stands in what an earlier one reports; looked up once for each. */
  private boolean isEmbedded(int k) {
    if (embedded[k] == 0) {
      embedded[k] = (byte) (standsInReport(k) ? 2 : 1);
    }
    return embedded[k] == 2;
  }

  private boolean standsInReport(int k) {
    CueBuilder cue = cues.get(k);
    if (cue.coordinated || (cue.kind != Cue.Kind.VERB && cue.kind != Cue.Kind.ADJECTIVE)) {
      return false;
    }
    int before = p.subjectStart(cue.from) - 1;
    if (p.is(before, "et", "mais", "and", "but") || p.isSign(before, ",;")) {
      return false;
    }
    for (int m = 0; m < k; m++) {
      CueBuilder outer = cues.get(m);
      boolean clause =
          outer.complement == Cue.Complement.CLAUSE || outer.complement == Cue.Complement.QUESTION;
      if (clause && outer.kind != Cue.Kind.PREPOSITION && outer.complementAt <= cue.from) {
        return true;
      }
    }
    return false;
  }

  private Mention subjectBehindComma(int from) {
    for (int i = from + 1; i < p.size(); i++) {
      if (p.isSign(i, ",") && p.isPhraseStart(i + 1)) {
        for (int v = i + 2; v < Math.min(p.size(), i + 20); v++) {
          if (p.isSign(v, ";:.")) {
            break;
          }
          if (p.isFinite(v)) {
            Mention subject = p.subjectBefore(groupStart(v));
            if (subject != null && subject.span().start() >= p.at(i).end()) {
              return subject;
            }
            break;
          }
        }
      }
    }
    return null;
  }
}
