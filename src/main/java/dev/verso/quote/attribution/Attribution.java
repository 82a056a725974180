package dev.verso.quote.attribution;

import dev.verso.language.Conjugation;
import dev.verso.quote.cue.Cue;
import dev.verso.quote.cue.CueFinder;
import dev.verso.quote.cue.Mention;
import dev.verso.quote.cue.Phrases;
import dev.verso.quote.cue.ReportingLexicon;
import dev.verso.quote.cue.Tokens;
import dev.verso.quote.cue.Word;
import dev.verso.quote.mark.MarkedPassage;
import dev.verso.quote.mark.QuotationMarks;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Decides for one sentence which passages in quotation marks are quotes, what else it reports, and
 * which words tell who speaks.
 */
public final class Attribution {

  private static final int FARTHEST_OBJECT = 30; // words between a verb and what it governs
  private static final int SHORT = 5; // words that a phrase held at arm's length seldom exceeds

  private final Phrases p;
  private List<Cue> cues;
  private final Predicate<String> isKnownSpeaker;
  private final List<CandidateBuilder> drafts = new ArrayList<>();
  private final List<TextSpan> others = new ArrayList<>();
  private final CandidateBuilder[] byWord;

  private Attribution(Phrases phrases, List<Cue> cues, Predicate<String> isKnownSpeaker) {
    this.p = phrases;
    this.cues = cues;
    this.isKnownSpeaker = isKnownSpeaker;
    this.byWord = new CandidateBuilder[phrases.size()];
  }

  /**
   * The quotes of a sentence.
   *
   * @param drafts the quotes in no order
   * @param others passages in quotation marks that are none
   */
  public record Result(List<QuoteCandidate> drafts, List<TextSpan> others) {}

  public static Result of(Phrases phrases, List<Cue> cues, Predicate<String> isKnownSpeaker) {
    Attribution attribution = new Attribution(phrases, cues, isKnownSpeaker);
    attribution.decide();
    return new Result(
        attribution.drafts.stream().map(CandidateBuilder::build).toList(),
        List.copyOf(attribution.others));
  }

  private void decide() {
    cues = cues.stream().map(this::completed).toList();
    cues = cues.stream().map(this::bounded).toList();
    for (int k = 0; k < p.size(); k++) {
      if (p.isPassage(k)) {
        passage(k);
      }
    }
    merge();
    for (Cue cue : cues) {
      indirect(cue);
    }
    for (int k = 0; k < p.size(); k++) {
      if (p.isPassage(k) && byWord[k] == null) {
        others.addAll(p.at(k).passage().content());
      }
    }
  }

  private static boolean reportsClause(Cue cue) {
    return cue.complement() == Cue.Complement.CLAUSE
        || cue.complement() == Cue.Complement.QUESTION
        || cue.complement() == Cue.Complement.INFINITIVE;
  }

  // ---- selon X, pour X

  /** A preposition with its clause or as the incise it is; other cues as they are. */
  private Cue completed(Cue cue) {
    if (cue.kind() != Cue.Kind.PREPOSITION || cue.complementAt() >= 0) {
      return cue;
    }
    if (cue.speaker() == null || !speaks(cue)) {
      return cue.introducing(Cue.Complement.NONE, cue.complementAt()).by(null);
    }
    boolean initial = isInitial(cue.from());
    int after = cue.to() + 1;
    boolean comma = p.isSign(after, ",");
    int nameEnd = comma ? appositionEnd(cue, after + 1) : -1;
    Cue named = nameEnd > 0 ? cue.by(p.mention(after + 1, nameEnd)) : cue;
    int start = nameEnd > 0 ? nameEnd + 1 : comma ? afterApposition(after + 1) : after;
    boolean ends = start >= p.size() || isFinalSign(start);
    if (initial && !ends) {
      return named.introducing(Cue.Complement.CLAUSE, start);
    }
    if (p.in("conjunction", cue.from() - 1) && !p.is(cue.from() - 1, "comme") && !ends) {
      return named.introducing(Cue.Complement.CLAUSE, start);
    }
    if (!initial && (p.isSign(cue.from() - 1, ",-–—(") || canSpeak(named.speaker()))) {
      return named.inciseOf(cue.from(), cue.to() + 1);
    }
    return named;
  }

  /** A cue that reports a clause with the clause's end; other cues as they are. */
  private Cue bounded(Cue cue) {
    return cue.complementAt() >= 0 && reportsClause(cue) ? cue.reportingUpTo(clauseEnd(cue)) : cue;
  }

  /**
   * Where the name in "Selon le président, Jean Roy, …" ends, which tells who speaks; or -1 if none
   * starts at {@code i}.
   */
  private int appositionEnd(Cue cue, int i) {
    if (!"person".equals(p.lexicon().source(cue.speaker().head()))
        || cue.speaker().kind() != Mention.Kind.DESCRIPTION
        || !(p.isName(i) || p.isCourtesy(i))) {
      return -1;
    }
    int end = p.nameEnd(i, p.size());
    boolean clause = p.hasFinite(end, p.size()) || hasPassageAfter(end);
    return p.isSign(end, ",") && clause ? end : -1;
  }

  private boolean hasPassageAfter(int i) {
    for (int k = i; k < p.size(); k++) {
      if (p.isPassage(k)) {
        return true;
      }
    }
    return false;
  }

  private boolean canSpeak(Mention mention) {
    return mention.kind() != Mention.Kind.DESCRIPTION || mention.animate();
  }

  /** Behind "avocate de la famille," where that goes with the name before {@code i}. */
  private int afterApposition(int i) {
    int end = i;
    boolean office = false;
    while (end < p.size() && end < i + 20 && !p.isSign(end, ",;:.") && !p.isPassage(end)) {
      if (p.isFinite(end) || p.in("subject", end)) {
        return i;
      }
      if (end < i + 4) {
        office |= "person".equals(p.lexicon().source(p.at(end).lower()));
      }
      end++;
    }
    boolean clause = p.hasFinite(end, p.size()) || hasPassageAfter(end);
    return office && p.isSign(end, ",") && clause ? end + 1 : i;
  }

  private boolean speaks(Cue cue) {
    Mention speaker = cue.speaker();
    if (p.is(cue.from(), "pour", "for") && p.isPassage(cue.from() - 2)) {
      return speaker.kind() == Mention.Kind.NAME
          && (isFinalSign(cue.to() + 1) || p.isSign(cue.to() + 1, ";")); // « Trop tôt », pour X
    }
    if (p.is(cue.from(), "pour", "for")) {
      if (!p.isSign(cue.to() + 1, ",") && !p.isPassage(cue.to() + 1)) {
        return false;
      }
      boolean finite =
          p.hasFinite(cue.to() + 1, p.size())
              || p.isPassage(cue.to() + 2)
              || (speaker.kind() != Mention.Kind.PRONOUN && hasPassageAfter(cue.to() + 1));
      return finite
          && switch (speaker.kind()) {
            case PRONOUN ->
                !p.lexicon().in("dialogue", speaker.head())
                    && !p.is(cue.to(), "cela", "ça", "this", "that");
            case NAME ->
                isKnownSpeaker.test(speaker.text())
                    || (speaker.text().indexOf(' ') > 0
                        && hasPassageAfter(cue.to())
                        && (speaker.gender() != 0 || afterApposition(cue.to() + 2) > cue.to() + 2))
                    || p.isCourtesy(cue.from() + 1)
                    || (p.in("determiner", cue.from() + 1) && hasPassageAfter(cue.to()));
            case DESCRIPTION ->
                "person".equals(p.lexicon().source(speaker.head()))
                    || "group".equals(p.lexicon().source(speaker.head()));
          };
    }
    if (speaker.kind() == Mention.Kind.DESCRIPTION) {
      return !p.lexicon().in("notsource", speaker.head());
    }
    return true;
  }

  /** Whether only connecting words stand before {@code i}. */
  private boolean isInitial(int i) {
    for (int j = p.isSign(i - 1, ":;") ? i : 0; j < i; j++) {
      boolean light =
          p.isAdverb(j)
              || p.in("discourse", j)
              || (p.in("conjunction", j)
                  && p.is(j, "et", "mais", "or", "car", "and", "but", "so", "yet"))
              || (p.at(j).kind() == Word.Kind.SIGN && !p.isSign(j, ";:"));
      if (!light) {
        return false;
      }
    }
    return true;
  }

  private boolean isFinalSign(int i) {
    for (int j = i; j < p.size(); j++) {
      if (!p.isSign(j, ".!?…,;)")) {
        return false;
      }
    }
    return true;
  }

  // ---- the end of a reported clause

  private int clauseEnd(Cue cue) {
    int end = p.size();
    for (Cue other : cues) {
      if (other.equals(cue) || other.from() < cue.complementAt()) {
        continue;
      }
      int cut = cutBefore(cue, other);
      if (cut > cue.complementAt()) {
        end = Math.min(end, cut);
      }
    }
    if (cue.speaker() != null
        && cue.kind() == Cue.Kind.GERUND
        && cue.speaker().span().start() > p.at(cue.at()).end()) {
      // "Disant que …, X a ajouté": the main clause starts with the subject
      for (int i = cue.complementAt() + 1; i < end; i++) {
        if (p.isSign(i, ",") && p.at(i).end() <= cue.speaker().span().start()) {
          boolean last = true;
          for (int k = i + 1; k < end && p.at(k).start() < cue.speaker().span().start(); k++) {
            last &= !p.isSign(k, ",");
          }
          if (last) {
            end = i;
          }
        }
      }
    }
    if (p.is(cue.from() - 1, "qui", "who")) {
      // "X, qui a promis de partir, a changé d'avis"
      for (int i = cue.complementAt() + 1; i + 1 < end; i++) {
        int verb = p.is(i + 1, "ne", "n'", "se", "s'") ? i + 2 : i + 1;
        if (p.isSign(i, ",") && p.isFinite(verb)) {
          end = i;
        }
      }
    }
    while (end > cue.complementAt() && p.isSign(end - 1, ".,;:!…-–—(")) {
      end--;
    }
    return end;
  }

  /** Where {@code cue}'s clause has to end because {@code other} starts a new report, or -1. */
  private int cutBefore(Cue cue, Cue other) {
    boolean reports =
        reportsClause(other)
            || other.complement() == Cue.Complement.COLON
            || other.complement() == Cue.Complement.PASSAGE;
    if (other.kind() == Cue.Kind.GERUND) {
      if ((p.isSign(other.from() - 1, ",") || p.isPassage(other.from() - 1)) && reports) {
        return p.isPassage(other.from() - 1) ? other.from() : other.from() - 1;
      }
      return -1;
    }
    if (other.kind() == Cue.Kind.PREPOSITION) {
      if (other.incise() && p.isSign(other.from() - 1, ",") && isFinalSign(other.to() + 1)) {
        return other.from() - 1;
      }
      return -1;
    }
    if (other.kind() != Cue.Kind.VERB && other.kind() != Cue.Kind.ADJECTIVE) {
      return -1;
    }
    if (other.incise() && p.isSign(other.inciseStart() - 1, ",")) {
      return other.inciseStart() - 1;
    }
    if (!reports) {
      return -1;
    }
    int start = other.coordinated() ? other.from() : p.subjectStart(other.from());
    int j = start - 1;
    while (j >= cue.complementAt() && p.isAdverb(j) && !p.in("conjunction", j)) {
      j--;
    }
    boolean joined =
        p.is(j, "et", "mais", "cependant", "puis", "toutefois", "and", "but", "while")
            || p.isSign(j, ";");
    if (!joined && p.isSign(j, ",") && p.is(j + 1, "cependant", "toutefois")) {
      joined = true;
    }
    if (!joined) {
      return -1;
    }
    return p.isSign(j - 1, ",") ? j - 1 : j;
  }

  // ---- passages

  private void passage(int k) {
    MarkedPassage passage = p.at(k).passage();
    if (innerIncise(k)) {
      return;
    }
    Cue behind = inciseBehind(k);
    for (Cue cue : cues) {
      if (cue.complement() == Cue.Complement.COLON
          && cue.complementAt() == k
          && cue.kind() == Cue.Kind.VERB
          && cue.speaker() != null) {
        behind = null; // "Il m'a dit : « … », raconte X"
      }
    }
    if (behind != null) {
      boolean whole = isWhole(k);
      CandidateBuilder draft = draft(k, whole ? QuoteType.DIRECT : QuoteType.MIXED, behind);
      draft.followed = true;
      return;
    }
    for (Cue cue : cues) {
      if (cue.complementAt() == k
          && (cue.complement() == Cue.Complement.COLON
              || cue.complement() == Cue.Complement.PASSAGE)) {
        boolean colon = p.isSign(k - 1, ":,");
        if ((!colon && isReported(cue) && cue.entry().isWeak())
            || (underPreposition(cue) && !p.isSign(k - 1, ":"))) {
          continue;
        }
        if (!colon && isPublished(cue, passage)) {
          return;
        }
        if (!colon && (isNickname(cue) || (isName(k) && !cue.entry().allows('d')))) {
          continue;
        }
        QuoteType type = QuoteType.DIRECT;
        if (cue.kind() == Cue.Kind.NOUN) {
          type = p.isSign(k - 1, ":(") ? QuoteType.DIRECT : QuoteType.MIXED;
        } else if (!colon
            && (!cue.entry().allows('d')
                || (isPhraseLike(passage) && cue.entry().allows('m'))
                || (!p.lexicon().in("utter", cue.entry().shade()) && isFragment(passage)))) {
          type = QuoteType.MIXED;
        }
        draft(k, type, cue);
        return;
      }
    }
    Cue inside = clauseAround(k);
    boolean name = isName(k);
    if (inside != null && (!name || inside.complementAt() == k)) {
      boolean whole =
          inside.kind() == Cue.Kind.PREPOSITION && inside.complementAt() == k && isFinalSign(k + 1);
      whole |= p.isSign(k - 1, ":");
      draft(k, whole ? QuoteType.DIRECT : QuoteType.MIXED, inside);
      return;
    }
    if (name) {
      return;
    }
    if (judgedBy(k)) {
      return;
    }
    Cue later = inciseOver(k);
    if (later != null) {
      draft(k, QuoteType.MIXED, later);
      return;
    }
    if (k >= 2
        && byWord[k - 2] != null
        && byWord[k - 2].cue != null
        && (p.isSign(k - 1, ",") || p.is(k - 1, "et", "and"))) {
      CandidateBuilder twin = byWord[k - 2];
      CandidateBuilder draft = draft(k, twin.type, null);
      draft.speaker = twin.speaker;
      draft.source = twin.source;
      draft.cue = twin.cue;
      return;
    }
    if (verbInside(k)) {
      return;
    }
    Cue governing = governing(k);
    if (governing != null) {
      draft(k, QuoteType.MIXED, governing);
      return;
    }
    if (p.isSign(k - 1, ":")) {
      for (Cue cue : cues) {
        if (cue.incise() && cue.kind() == Cue.Kind.VERB && cue.inciseEnd() <= k) {
          draft(k, QuoteType.DIRECT, cue); // "« … », lance X au public : « … »"
          return;
        }
      }
    }
    if (p.isSign(k - 1, ":") && colonWithoutVerb(k)) {
      return;
    }
    if (dashName(k)) {
      return;
    }
    if (isAlone()) {
      if (isUtterance(passage)) {
        CandidateBuilder draft = draft(k, QuoteType.DIRECT, null);
        draft.source = QuoteCandidate.Source.NEIGHBOUR;
      }
      return;
    }
    if (isInitial(k) && nounVerbBehind(k)) {
      return;
    }
    int words = wordCount(passage);
    boolean clause = hasVerb(passage);
    for (Cue cue : cues) {
      if (cue.complementAt() == k && isNickname(cue)) {
        return; // "ce qu'on appelle « … »"
      }
    }
    if ((words > SHORT && (clause || words > 8)) || (words > 3 && clause && !isInitial(k))) {
      CandidateBuilder draft = draft(k, QuoteType.MIXED, null);
      draft.source = QuoteCandidate.Source.IMPLICIT;
      draft.speaker = p.mainSubject(k);
    }
  }

  /** Whether all that the cue reports is told "selon X". */
  private boolean underPreposition(Cue cue) {
    for (Cue other : cues) {
      if (other.kind() == Cue.Kind.PREPOSITION
          && reportsClause(other)
          && other.speaker() != null
          && other.from() == 0
          && other.complementAt() <= cue.from()) {
        return true;
      }
    }
    return false;
  }

  private CandidateBuilder draft(int k, QuoteType type, Cue cue) {
    MarkedPassage passage = p.at(k).passage();
    CandidateBuilder draft = new CandidateBuilder(type, passage.content());
    draft.repaired.addAll(passage.repaired());
    if (cue != null) {
      draft.cue = p.at(cue.at()).span();
      if (cue.kind() == Cue.Kind.PREPOSITION && p.is(cue.at(), "d'")) {
        draft.cue = new TextSpan(p.at(cue.at()).start(), p.at(cue.at() + 1).end());
      }
      draft.speaker = cue.speaker();
      if (cue.speaker() == null && cue.kind() == Cue.Kind.INFINITIVE) {
        draft.source = QuoteCandidate.Source.NEIGHBOUR;
      }
      draft.negated = cue.negated();
      draft.answers = cue.entry().shade().equals("answer");
      if (cue.kind() == Cue.Kind.NOUN) {
        draft.speaker = nounSpeaker(cue);
        if (draft.speaker == null && LeadIn.isPossessive(p, k - 1)) {
          draft.source = QuoteCandidate.Source.OWNED;
        }
      }
    }
    drafts.add(draft);
    byWord[k] = draft;
    return draft;
  }

  private Mention nounSpeaker(Cue cue) {
    // "la promesse du président": whose it is; "sa promesse": the subject's
    Mention owner = LeadIn.owner(p, cue.at());
    int colon = cue.complementAt() - 1;
    if (owner == null && p.isSign(colon, ":")) {
      owner = LeadIn.speaker(p, colon); // "Le SMS de X à Y tient en six mots :"
    }
    if (owner != null) {
      return owner;
    }
    Mention subject = p.mainSubject(cue.at());
    if (subject != null) {
      return subject;
    }
    return null;
  }

  /** The cue whose incise starts right after the passage, or null. */
  private Cue inciseBehind(int k) {
    int j = k + 1;
    if (p.isSign(j, ",") || (j < p.size() && p.at(j).isDash())) {
      j++;
    }
    for (Cue cue : cues) {
      if (cue.incise()
          && cue.kind() != Cue.Kind.PREPOSITION
          && (cue.inciseStart() == j || cue.inciseStart() == k + 1)) {
        return cue;
      }
    }
    // « …», selon X
    for (Cue cue : cues) {
      if (cue.incise()
          && cue.kind() == Cue.Kind.PREPOSITION
          && (cue.inciseStart() == j)
          && isInitial(k)) {
        return cue;
      }
    }
    return null;
  }

  /** Whether the passage makes up what is said: nothing of the sentence stands before it. */
  private boolean isWhole(int k) {
    for (int j = k - 1; j >= 0; j--) {
      if (p.isSign(j, ":")) {
        return true;
      }
      if (p.isPassage(j)) {
        return isWholeBetween(j, k);
      }
      boolean light =
          p.isAdverb(j)
              || p.in("discourse", j)
              || p.is(j, "et", "mais", "or", "car", "and", "but", "so")
              || p.at(j).kind() == Word.Kind.SIGN;
      if (!light) {
        // Behind another report in the same sentence
        for (Cue cue : cues) {
          if (cue.incise()
              && cue.inciseEnd() <= k
              && cue.inciseEnd() >= j + 1
              && cue.kind() != Cue.Kind.PREPOSITION) {
            return true;
          }
        }
        return false;
      }
    }
    return true;
  }

  private boolean isWholeBetween(int j, int k) {
    for (int i = j + 1; i < k; i++) {
      if (p.at(i).kind() != Word.Kind.SIGN && !p.is(i, "et", "and")) {
        return false;
      }
    }
    return byWord[j] == null || byWord[j].type == QuoteType.DIRECT;
  }

  private Cue clauseAround(int k) {
    Cue best = null;
    for (Cue cue : cues) {
      if (reportsClause(cue)
          && cue.complementAt() <= k
          && k < Math.max(cue.complementEnd(), cue.complementAt() + 1)
          && (best == null || (cue.complementAt() < best.complementAt() && !cue.dialogue()))) {
        if (best == null) {
          best = cue;
        }
      }
    }
    if (best != null && best.kind() == Cue.Kind.PREPOSITION && best.speaker() == null) {
      return null;
    }
    return best;
  }

  /** The incise after the clause that holds the passage: "… « x » …, a dit X". */
  private Cue inciseOver(int k) {
    for (Cue cue : cues) {
      if (cue.incise() && cue.inciseStart() > k && !isBroken(k, cue.inciseStart())) {
        return cue;
      }
    }
    for (Cue cue : cues) {
      if (cue.incise()
          && cue.kind() == Cue.Kind.PREPOSITION
          && cue.inciseEnd() <= k
          && !isBroken(cue.inciseEnd(), k)) {
        return cue;
      }
    }
    return null;
  }

  private boolean isBroken(int from, int to) {
    for (int i = from; i < to; i++) {
      if (p.isSign(i, ";")) {
        return true;
      }
    }
    return false;
  }

  /** The verb before the passage that has it for its object or part of it, or null. */
  private Cue governing(int k) {
    Cue best = null;
    for (Cue cue : cues) {
      if (cue.at() >= k
          || cue.kind() == Cue.Kind.PREPOSITION
          || cue.kind() == Cue.Kind.NOUN
          || cue.incise()) {
        continue;
      }
      if (!cue.entry().allows('m') && !cue.entry().allows('q')) {
        continue;
      }
      if (cue.dialogue() || isNickname(cue)) {
        continue;
      }
      int gap = k - cue.to() - 1;
      if (gap > FARTHEST_OBJECT) {
        continue;
      }
      boolean finite = false;
      for (int i = cue.to() + 1; i < k; i++) {
        if (p.isSign(i, ";:")) {
          finite = true;
          gap = 99;
        }
        finite |= p.isFinite(i) && !p.in("relative", i - 1);
      }
      boolean object =
          cue.complement() == Cue.Complement.PHRASE
              || cue.complement() == Cue.Complement.PASSAGE
              || cue.complement() == Cue.Complement.NONE;
      boolean near =
          cue.entry().isWeak()
              ? gap <= 14 && !finite
              : gap <= FARTHEST_OBJECT && (!finite || gap <= 20);
      if (near
          && (object || (reportsClause(cue) && cue.complementEnd() <= k))
          && cue.entry().allows('m')) {
        best = cue;
      }
    }
    if (best == null) {
      return null;
    }
    // a short word in passing is nobody's, unless it is the verb's object
    return best;
  }

  /** "X publie « La Dette expliquée »": a title, not words of X's. */
  private boolean isPublished(Cue cue, MarkedPassage passage) {
    return p.lexicon().in("publishing", cue.entry().lemma())
        && Character.isUpperCase(p.text().charAt(passage.extent().start()))
        && !endsSentence(passage)
        && !hasVerb(passage);
  }

  /** "On l'appelle « … »" gives a name; "ce qu'il appelle « … »" quotes him. */
  private boolean isNickname(Cue cue) {
    return p.isFrench()
        && p.lexicon().in("calling", cue.entry().lemma())
        && !callsFor(cue)
        && (!p.is(p.subjectStart(cue.from()) - 1, "que", "qu'")
            || (cue.speaker() != null && p.lexicon().in("impersonal", cue.speaker().head())));
  }

  /** "a appelé mardi à la « mobilisation »". */
  private boolean callsFor(Cue cue) {
    for (int i = cue.to() + 1; i < Math.min(p.size(), cue.to() + 4); i++) {
      if (p.is(i, "à", "au", "aux")) {
        return true;
      }
    }
    return false;
  }

  /** "jugés « maigres » par les syndicats". */
  private boolean judgedBy(int k) {
    int j = k - 1;
    while (j > 0 && (p.isAdverb(j) || p.is(j, "de", "d'", "comme", "as"))) {
      j--;
    }
    if (j < 0 || !p.at(j).isWord() || !p.is(k + 1, "par", "by") || cueAt(j) != null) {
      return false;
    }
    for (ReportingLexicon.Reading reading : p.lexicon().readings(p.at(j).lower())) {
      if (reading.form() == Conjugation.Form.PARTICIPLE && reading.entry().allows('m')) {
        Mention mention = p.isPhraseStart(k + 2) ? p.mention(k + 2, p.phraseEnd(k + 2)) : null;
        if (mention != null && mention.animate()) {
          CandidateBuilder draft = draft(k, QuoteType.MIXED, null);
          draft.cue = p.at(j).span();
          draft.speaker = mention;
          return true;
        }
      }
    }
    return false;
  }

  /** "Il a « ordonné à la société de changer de nom »": the verb that reports is in the marks. */
  private boolean verbInside(int k) {
    int j = k - 1;
    while (j > 0 && p.isAdverb(j)) {
      j--;
    }
    List<Word> words = inner(p.at(k).passage());
    if (verbOpens(k, words)) {
      Mention subject = p.subjectBefore(k);
      boolean second = subject == null && p.is(k - 1, "et", "and") && p.mainSubject(k) == null;
      if (second && k >= 2 && lastDraft(k - 1) != null) {
        subject = lastDraft(k - 1).speaker; // "« regrette » … et « présente »"
      }
      if (subject != null && subject.animate()) {
        draft(k, QuoteType.MIXED, null).speaker = subject;
        return true;
      }
    }
    if (j < 0 || !p.in("avoir", j) || words.size() < 4) {
      return false;
    }
    for (ReportingLexicon.Reading reading : p.lexicon().readings(words.get(0).lower())) {
      if (reading.form() == Conjugation.Form.PARTICIPLE) {
        Mention subject = p.subjectBefore(j);
        if (subject != null && subject.animate()) {
          draft(k, QuoteType.MIXED, null).speaker = subject;
          return true;
        }
      }
    }
    return false;
  }

  /** Whether the passage holds the sentence's verb and opens with it. */
  private boolean verbOpens(int k, List<Word> words) {
    if (k == 0 || words.size() < 2 || p.hasFinite(0, k)) {
      return false;
    }
    return new Phrases(p.text(), words, p.lexicon()).opensWithVerb();
  }

  private CandidateBuilder lastDraft(int before) {
    for (int k = before; k >= 0; k--) {
      if (byWord[k] != null) {
        return byWord[k];
      }
    }
    return null;
  }

  private boolean colonWithoutVerb(int k) {
    MarkedPassage passage = p.at(k).passage();
    boolean brief = wordCount(passage) < 3 && !hasVerb(passage) && !endsSentence(passage);
    if (!isUtterance(passage) || brief) {
      return false;
    }
    Mention subject = LeadIn.speaker(p, k - 1);
    boolean possessive = subject == null && LeadIn.isPossessive(p, k - 1);
    if (subject == null && !possessive) {
      subject = LeadIn.subject(p, k - 1);
    }
    CandidateBuilder draft = draft(k, QuoteType.DIRECT, null);
    if (possessive) {
      draft.source = QuoteCandidate.Source.OWNED;
    } else if (subject != null && subject.animate()) {
      draft.speaker = subject;
    } else {
      draft.source = QuoteCandidate.Source.NEIGHBOUR;
    }
    return true;
  }

  /** « … » – Name. */
  private boolean dashName(int k) {
    int j = k + 1;
    if (p.isSign(j, ".,")) {
      j++;
    }
    if (!(j < p.size() && (p.at(j).isDash() || p.isSign(j, "(")))) {
      return false;
    }
    int start = j + 1;
    if (!(p.isName(start) || p.isCourtesy(start)) || !isInitial(k)) {
      return false;
    }
    int end = p.nameEnd(start, p.size());
    int rest = end;
    if (p.isSign(rest, ",(")) {
      rest = p.size();
    }
    if (!isFinalSign(rest) && !p.isSign(rest, ")")) {
      return false;
    }
    CandidateBuilder draft = draft(k, QuoteType.DIRECT, null);
    draft.speaker = p.mention(start, end);
    return true;
  }

  /** "« … », X est prêt à …": no verb of speech, and yet X speaks. */
  private boolean nounVerbBehind(int k) {
    MarkedPassage passage = p.at(k).passage();
    if (!p.isSign(k + 1, ",") || !hasVerb(passage) || wordCount(passage) <= 3) {
      return false;
    }
    if (!p.isPhraseStart(k + 2)) {
      return false;
    }
    int end = p.phraseEnd(k + 2);
    Mention mention = p.mention(k + 2, end);
    if (mention == null || !mention.animate()) {
      return false;
    }
    CandidateBuilder draft = draft(k, QuoteType.DIRECT, null);
    draft.speaker = mention;
    return true;
  }

  /** Whether the sentence is nothing but passages in quotation marks. */
  private boolean isAlone() {
    for (int i = 0; i < p.size(); i++) {
      if (p.isPassage(i) || p.at(i).kind() == Word.Kind.SIGN) {
        continue;
      }
      boolean light = i < 3 && (p.in("discourse", i) || p.is(i, "et", "mais", "and", "but"));
      if (!light) {
        return false;
      }
    }
    return true;
  }

  // ---- what a passage looks like

  private List<Word> inner(MarkedPassage passage) {
    TextSpan extent = passage.extent();
    return Tokens.of(
        p.text(),
        extent.start(),
        Math.min(extent.end(), extent.start() + 600),
        p.lexicon().language());
  }

  private int wordCount(MarkedPassage passage) {
    int count = 0;
    for (Word word : inner(passage)) {
      count += word.kind() == Word.Kind.SIGN ? 0 : 1;
    }
    return count;
  }

  private boolean hasVerb(MarkedPassage passage) {
    List<Word> words = inner(passage);
    Phrases phrases = new Phrases(p.text(), words, p.lexicon());
    return phrases.hasFinite(0, words.size());
  }

  private boolean endsSentence(MarkedPassage passage) {
    int end = passage.extent().end();
    return ".!?…".indexOf(p.text().charAt(end - 1)) >= 0;
  }

  private boolean isUtterance(MarkedPassage passage) {
    int words = wordCount(passage);
    return words > 0
        && (words > 3
            || hasVerb(passage)
            || endsSentence(passage)
            || (words > 1 && !isTitleCase(passage)));
  }

  /** Starts with a determiner or preposition and has no verb: a phrase rather than a sentence. */
  private boolean isPhraseLike(MarkedPassage passage) {
    List<Word> words = inner(passage);
    if (words.isEmpty() || (endsSentence(passage) && words.get(0).isCapitalised())) {
      return false;
    }
    Phrases phrases = new Phrases(p.text(), words, p.lexicon());
    return !words.get(0).isCapitalised()
        && (phrases.in("determiner", 0) || phrases.in("preposition", 0))
        && !phrases.hasFinite(0, words.size());
  }

  /** Starts in lower case and does not end a sentence. */
  private boolean isFragment(MarkedPassage passage) {
    char first = p.text().charAt(passage.extent().start());
    return Character.isLowerCase(first) && !endsSentence(passage);
  }

  private boolean isTitleCase(MarkedPassage passage) {
    if (hasVerb(passage) || (endsSentence(passage) && hasStopInside(passage))) {
      return false;
    }
    int counted = 0;
    int capitals = 0;
    List<Word> words = inner(passage);
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      if (!word.isWord() || (word.text().length() < 3 && i > 0)) {
        continue;
      }
      boolean closed =
          p.lexicon().in("determiner", word.lower()) || p.lexicon().in("preposition", word.lower());
      if (closed && i > 0) {
        continue;
      }
      counted++;
      capitals += word.isCapitalised() ? 1 : 0;
    }
    return counted > 0 && capitals * 10 >= counted * 6 && (counted > 1 || capitals == 1);
  }

  private boolean hasStopInside(MarkedPassage passage) {
    TextSpan extent = passage.extent();
    for (int i = extent.start(); i < Math.min(extent.end(), extent.start() + 600) - 1; i++) {
      if (".!?…".indexOf(p.text().charAt(i)) >= 0
          && QuotationMarks.isSpace(p.text().charAt(i + 1))) {
        return true;
      }
    }
    return false;
  }

  /** A title, a name, a term: a passage in quotation marks that quotes nobody. */
  private boolean isName(int k) {
    MarkedPassage passage = p.at(k).passage();
    List<Word> words = inner(passage);
    boolean letters = false;
    for (Word word : words) {
      letters |= word.isWord();
    }
    if (!letters) {
      return true;
    }
    int count = wordCount(passage);
    boolean sentence = endsSentence(passage) && hasVerb(passage);
    if ((sentence && count > 4) || (count > 1 && endsSentence(passage) && isAlone())) {
      return false;
    }
    if (p.isSign(k - 1, ":") && !namingBefore(k - 1)) {
      return false;
    }
    boolean capital = words.get(0).isCapitalised() || words.get(0).kind() == Word.Kind.NUMBER;
    if (namingBefore(k)) {
      return capital || count <= 6;
    }
    if (isTitleCase(passage) && capital) {
      boolean single = count == 1;
      if (!single || k > 0) {
        return true;
      }
    }
    return capital && workBefore(k);
  }

  /** Whether a word like "intitulé", "le mot", "surnommé" stands right before. */
  private boolean namingBefore(int k) {
    int j = k - 1;
    int steps = 0;
    while (j >= 0
        && steps < 2
        && p.is(
            j, "de", "d'", "comme", "le", "la", "l'", "les", "un", "une", "en", "as", "the", "a",
            "of", "called", ",", "par")) {
      j--;
      steps++;
    }
    if (j > 0 && p.in("wording", j - 1) && p.at(j).isWord() && !p.isFinite(j) && cueAt(j) == null) {
      j--; // "la devise universelle"
    }
    if (j < 0 || !p.in("naming", j)) {
      return false;
    }
    if (p.is(j, "dit", "dite", "dits")) {
      return !p.in("subject", j - 1)
          && !p.in("avoir", j - 1)
          && j == k - 1
          && !p.isSign(j - 1, ",")
          && p.at(Math.max(0, j - 1)).isWord()
          && !p.isAdverb(j - 1)
          && cueAt(j) == null;
    }
    return cueAt(j) == null;
  }

  private Cue cueAt(int i) {
    for (Cue cue : cues) {
      if (cue.at() == i && cue.kind() != Cue.Kind.NOUN) {
        return cue;
      }
    }
    return null;
  }

  /** Whether "la chanson", "son album", "l'étude" stands close before, without a verb between. */
  private boolean workBefore(int k) {
    for (int j = k - 1, steps = 0; j >= 0 && steps < 6; j--, steps++) {
      if ((p.isSign(j, ",;:") && j < k - 1) || p.isFinite(j) || p.isPassage(j)) {
        return false;
      }
      if (p.in("work", j)) {
        return true;
      }
    }
    return false;
  }

  // ---- an incise inside the marks

  /** « Part one, dit-elle. Part two »: splits the passage; whether there was an incise. */
  private boolean innerIncise(int k) {
    MarkedPassage passage = p.at(k).passage();
    TextSpan extent = passage.extent();
    boolean closedOnce =
        passage.closed() && passage.repaired().stream().noneMatch(QuotationMarks::isShared);
    if (inciseBehind(k) != null && closedOnce) {
      return false;
    }
    List<Word> words =
        Tokens.of(
            p.text(),
            extent.start(),
            Math.min(extent.end(), extent.start() + 4000),
            p.lexicon().language());
    if (words.size() < 4) {
      return false;
    }
    Phrases phrases = new Phrases(p.text(), words, p.lexicon());
    for (Cue cue : CueFinder.find(phrases)) {
      if (!cue.incise() || cue.kind() != Cue.Kind.VERB || cue.dialogue() || cue.speaker() == null) {
        continue;
      }
      int before = cue.inciseStart() - 1;
      boolean open = before > 0 && phrases.isSign(before, ",!?…");
      boolean bare = !closedOnce && before > 2 && cue.speaker().kind() == Mention.Kind.NAME;
      int end = cue.inciseEnd();
      while (end < words.size()
          && phrases.at(end).isWord()
          && end - cue.inciseEnd() < 14
          && passageGoesOn(phrases, end)) {
        end++;
      }
      end = appositionEnd(phrases, cue, end);
      boolean closed = end >= words.size() || phrases.isSign(end, ",.;:") || isLineEnd(words, end);
      if (!(open || bare) || !closed || cue.entry().lemma().equals("appeler")) {
        continue;
      }
      if (cue.speaker().kind() == Mention.Kind.PRONOUN && cue.clitic() < 0 && p.isFrench()) {
        continue;
      }
      int keep = phrases.isSign(before, "!?…") ? before : before - 1;
      if (!open) {
        keep = before;
      }
      List<TextSpan> content = new ArrayList<>();
      int firstEnd = words.get(keep).end();
      for (TextSpan piece : passage.content()) {
        if (piece.start() >= firstEnd) {
          break;
        }
        content.add(new TextSpan(piece.start(), Math.min(piece.end(), firstEnd)));
      }
      if (content.isEmpty()) {
        continue;
      }
      boolean goesOn = closedOnce || passage.content().size() > 1;
      int rest = end;
      while (rest < words.size()
          && phrases.at(rest).kind() == Word.Kind.SIGN
          && !words.get(rest).isSign("(")) {
        rest++;
      }
      if (rest < words.size() && goesOn) {
        int restStart = words.get(rest).start();
        for (TextSpan piece : passage.content()) {
          int start = Math.max(piece.start(), restStart);
          if (start < piece.end()) {
            content.add(new TextSpan(start, piece.end()));
          }
        }
      }
      CandidateBuilder draft = draft(k, QuoteType.DIRECT, null);
      draft.content.clear();
      draft.content.addAll(content);
      draft.speaker = cue.speaker();
      draft.cue = words.get(cue.at()).span();
      draft.negated = cue.negated();
      return true;
    }
    return false;
  }

  /** Where ", boulanger à Lille" or ", 54 ans" ends that goes with the name before {@code from}. */
  private static int appositionEnd(Phrases phrases, Cue cue, int from) {
    boolean open = phrases.isFinite(cue.inciseStart() - 2); // "Je suis, dit X, boulanger"
    if (!phrases.isSign(from, ",") || open || cue.speaker().kind() == Mention.Kind.PRONOUN) {
      return from;
    }
    boolean tells = false;
    int end = from + 1;
    while (end < phrases.size()
        && end < from + 16
        && (phrases.at(end).isWord() || phrases.at(end).kind() == Word.Kind.NUMBER)) {
      if (phrases.isFinite(end)) {
        return from;
      }
      boolean near = end < from + 4;
      tells |= near && "person".equals(phrases.lexicon().source(phrases.at(end).lower()));
      tells |= phrases.at(end).kind() == Word.Kind.NUMBER && phrases.in("age", end + 1);
      end++;
    }
    boolean closed = end >= phrases.size() || phrases.isSign(end, ".,;!?…");
    return tells && closed ? end : from;
  }

  private boolean passageGoesOn(Phrases phrases, int end) {
    return !phrases.isFinite(end) && !isLineEnd(phrases.words(), end);
  }

  private boolean isLineEnd(List<Word> words, int i) {
    if (i <= 0 || i >= words.size()) {
      return false;
    }
    for (int c = words.get(i - 1).end(); c < words.get(i).start(); c++) {
      if (QuotationMarks.isBreak(p.text().charAt(c))) {
        return true;
      }
    }
    return false;
  }

  /**
   * The comma that ends "who has measured it for thirty years" before a passage, else {@code i}.
   */
  private int behindRelative(int i) {
    if (!p.in("relative", i + 1)) {
      return i;
    }
    for (int k = i + 2; k < Math.min(p.size() - 1, i + FARTHEST_OBJECT); k++) {
      if (p.isSign(k, ",") && p.isPassage(k + 1)) {
        return k;
      }
      if (p.isPassage(k) || p.isSign(k, ";:.")) {
        return i;
      }
    }
    return i;
  }

  /** « A », dit-il, « b »: one quote in two spans. */
  private void merge() {
    for (Cue cue : cues) {
      if (!cue.incise() || cue.inciseEnd() < 0) {
        continue;
      }
      int k = cue.inciseStart() - 1;
      if (p.isSign(k, ",-–—")) {
        k--;
      }
      int next = cue.inciseEnd();
      while (next < p.size() && (p.isAdverb(next) || p.in("time", next))) {
        next++;
      }
      if (!p.isSign(next, ",-–—")) {
        continue;
      }
      next = behindRelative(next) + 1;
      if (!p.isPassage(k) || !p.isPassage(next) || byWord[k] == null) {
        continue;
      }
      CandidateBuilder first = byWord[k];
      CandidateBuilder second = byWord[next];
      if (second != null) {
        drafts.removeIf(draft -> draft == second);
      }
      first.content.addAll(p.at(next).passage().content());
      first.repaired.addAll(p.at(next).passage().repaired());
      byWord[next] = first;
    }
  }

  // ---- reports without marks

  private void indirect(Cue cue) {
    if (cue.dialogue() || (cue.speaker() == null && cue.kind() != Cue.Kind.PREPOSITION)) {
      return;
    }
    if (cue.kind() == Cue.Kind.NOUN) {
      return;
    }
    if (reportsClause(cue)) {
      if (cue.complementEnd() <= cue.complementAt() || isReported(cue)) {
        return;
      }
      if (cue.complement() != Cue.Complement.INFINITIVE
          && !p.hasFinite(cue.complementAt(), cue.complementEnd())
          && (cue.kind() == Cue.Kind.PREPOSITION || cue.complementEnd() - cue.complementAt() < 4)) {
        return;
      }
      for (int k = cue.complementAt(); k < cue.complementEnd(); k++) {
        if (byWord[k] != null) {
          return;
        }
      }
      emit(cue, List.of(range(cue.complementAt(), cue.complementEnd())));
      return;
    }
    if (!cue.incise() || isReported(cue)) {
      return;
    }
    int end = cue.inciseStart();
    while (end > 0 && p.isSign(end - 1, ",-–—")) {
      end--;
    }
    if (end == cue.inciseStart() && cue.kind() != Cue.Kind.PREPOSITION) {
      return;
    }
    for (int k = 0; k < p.size(); k++) {
      if (byWord[k] != null && k < cue.inciseStart()) {
        return;
      }
    }
    if (cue.kind() == Cue.Kind.PREPOSITION
        && end == cue.inciseStart()
        && !isFinalSign(cue.inciseEnd())
        && !p.isSign(cue.inciseEnd(), ",")) {
      insideClause(cue);
      return;
    }
    int start = 0;
    for (int i = end - 1; i > 0; i--) {
      if (p.isSign(i, ";")) {
        start = i + 1;
        break;
      }
    }
    while (start < end && p.at(start).kind() == Word.Kind.SIGN && !p.isPassage(start)) {
      start++;
    }
    // what another cue of the sentence reports already
    for (Cue other : cues) {
      if (!other.equals(cue)
          && reportsClause(other)
          && other.complementEnd() >= end - 1
          && other.complementEnd() > 0
          && other.kind() != Cue.Kind.PREPOSITION
          && other.from() < end
          && other.from() >= start) {
        if (cue.kind() == Cue.Kind.PREPOSITION) {
          return;
        }
      }
    }
    if (end <= start) {
      return;
    }
    List<TextSpan> content = new ArrayList<>();
    content.add(range(start, end));
    boolean complete = isComplete(start, end);
    int rest = cue.inciseEnd();
    boolean resumed = p.isSign(rest, ",");
    if (resumed && !isFinalSign(rest)) {
      int from = rest + 1;
      int to = p.size();
      while (to > from && p.isSign(to - 1, ".!?…,;")) {
        to--;
      }
      boolean continues =
          from < to
              && ((!complete && p.hasFinite(from, to))
                  || (cue.kind() == Cue.Kind.PREPOSITION
                      && (cue.speaker().kind() == Mention.Kind.PRONOUN || complete)));
      if (continues) {
        for (int k = from; k < to; k++) {
          if (byWord[k] != null) {
            return;
          }
        }
        if (isInitial(cue.from())) {
          content.clear();
        }
        content.add(range(from, to));
        complete = true;
      }
    }
    if (!complete) {
      return;
    }
    emit(cue, content);
  }

  /** "qui sacrifie selon eux la formation": the clause on both sides. */
  private void insideClause(Cue cue) {
    int start = cue.inciseStart();
    while (start > 0 && !p.isSign(start - 1, ",;:(") && !p.isPassage(start - 1)) {
      start--;
    }
    if (p.in("relative", start) || p.in("conjunction", start)) {
      start++;
    }
    int end = cue.inciseEnd();
    while (end < p.size() && !p.isSign(end, ",;:)") && !isFinalSign(end)) {
      if (byWord[end] != null) {
        return;
      }
      end++;
    }
    if (start < cue.inciseStart() && end > cue.inciseEnd() && p.hasFinite(start, end)) {
      emit(cue, List.of(range(start, cue.inciseStart()), range(cue.inciseEnd(), end)));
    }
  }

  /** Whether the words hold a finite verb outside relative clauses. */
  private boolean isComplete(int from, int to) {
    boolean relative = false;
    boolean verb = false; // the relative clause has its verb
    for (int i = from; i < to; i++) {
      if (p.isSign(i, ",;:")) {
        relative = false;
      } else if (p.in("relative", i) && !p.is(i, "que", "qu'", "that") && i > from) {
        relative = true;
        verb = false;
      } else if (p.isFinite(i)) {
        if (!relative || (verb && !p.is(i - 1, "et", "and", "ou", "or"))) {
          return true;
        }
        verb = true;
      }
    }
    return false;
  }

  /** Whether the cue stands in a clause that another cue reports. */
  private boolean isReported(Cue cue) {
    for (Cue other : cues) {
      if (!other.equals(cue)
          && reportsClause(other)
          && other.kind() != Cue.Kind.PREPOSITION
          && !other.dialogue()
          && other.speaker() != null
          && other.complementAt() <= cue.from()
          && cue.from() < other.complementEnd()) {
        return true;
      }
    }
    return false;
  }

  private TextSpan range(int start, int to) {
    int from = start;
    int last = to - 1;
    while (from < last && p.isSign(from, ",;:.")) {
      from++;
    }
    while (last > from && p.isSign(last, ".,;:")) {
      last--;
    }
    return new TextSpan(p.at(from).start(), p.at(last).end());
  }

  private void emit(Cue cue, List<TextSpan> content) {
    CandidateBuilder draft = new CandidateBuilder(QuoteType.INDIRECT, content);
    draft.speaker = cue.speaker();
    draft.cue = p.at(cue.at()).span();
    if (cue.kind() == Cue.Kind.PREPOSITION && p.is(cue.at(), "d'")) {
      draft.cue = new TextSpan(p.at(cue.at()).start(), p.at(cue.at() + 1).end());
    }
    draft.negated = cue.negated();
    drafts.add(draft);
  }
}
