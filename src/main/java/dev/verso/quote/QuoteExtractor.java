package dev.verso.quote;

import dev.verso.quote.attribution.Attribution;
import dev.verso.quote.attribution.AttributionOpening;
import dev.verso.quote.attribution.LeadIn;
import dev.verso.quote.attribution.QuoteCandidate;
import dev.verso.quote.attribution.QuoteType;
import dev.verso.quote.attribution.SpeakerEvidence;
import dev.verso.quote.coreference.Coreference;
import dev.verso.quote.cue.Bodies;
import dev.verso.quote.cue.Cue;
import dev.verso.quote.cue.CueFinder;
import dev.verso.quote.cue.Mention;
import dev.verso.quote.cue.Phrases;
import dev.verso.quote.cue.ReportingLexicon;
import dev.verso.quote.cue.Tokens;
import dev.verso.quote.cue.Word;
import dev.verso.quote.mark.MarkedPassage;
import dev.verso.quote.mark.QuotationMarks;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.Language;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds who said what in a news text, French or English: direct, mixed and indirect quotes, each
 * with its content, its source and the word that reports.
 *
 * <p>How it reads: {@link QuotationMarks} pairs the marks of the whole text. Sentences are cut with
 * each outer passage taken as one word. In each sentence the words that report are found by a
 * lexicon of verbs with all their forms, nouns, adjectives and prepositions; what each of them
 * introduces (a clause, an infinitive, a passage, nothing because it is an incise) follows from the
 * words after it, who speaks from the noun phrase before it or, inverted, after it. A passage then
 * is direct if it makes up the utterance, mixed if it stands in a reported clause or is the object
 * of such a verb; titles, names and terms are told apart by their capitals and the nouns before
 * them. A passage alone inherits the speaker beside it. Last, mentions are resolved in reading
 * order.
 *
 * <p>There is no parser and no statistical model here; the closest published system is the
 * GenderGapTracker's French quote extractor (which works on dependency trees).
 *
 * <p>Linear in the text (sentences are cut at {@value #LONGEST_SENTENCE} words). Immutable and
 * thread-safe.
 */
public final class QuoteExtractor {

  static final int LONGEST_SENTENCE = 1200;
  private static final int LONGEST_ATTRIBUTION = 300; // units from the cue to who speaks
  private static final int OWNERS = 4; // sentences that "his answer" looks back on
  private static final int UNCHECKED = 1024; // units between two checks for cancellation
  private static final int LONGEST_NESTED = 6000; // units of a passage searched for quotes inside

  private final ReportingLexicon lexicon;
  private final Language language;

  private QuoteExtractor(Language language) {
    this.language = language;
    this.lexicon = ReportingLexicon.of(language);
  }

  /** The extractor for texts in {@code language}. */
  public static QuoteExtractor of(Language language) {
    return new QuoteExtractor(language);
  }

  /** The quotes of {@code document}; boilerplate is left out. See {@link #report(Document)}. */
  public List<Quote> extract(Document document) {
    return extract(document, Cancellation.NONE);
  }

  /**
   * The quotes of {@code document}; see {@link #extract(Document)}.
   *
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public List<Quote> extract(Document document, Cancellation cancellation) {
    return report(document, cancellation).quotes();
  }

  /** The quotes of plain text, by the start of their content. See {@link #report(String)}. */
  public List<Quote> extract(String text) {
    return report(text).quotes();
  }

  /**
   * The quotes of a document and the passages in quotation marks that are none. A block's sentences
   * are read as one paragraph; spans count into {@link Document#text()}.
   */
  public QuoteReport report(Document document) {
    return report(document, Cancellation.NONE);
  }

  /**
   * What {@link #report(Document)} finds.
   *
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public QuoteReport report(Document document, Cancellation cancellation) {
    DocumentReading reading = DocumentReading.of(document, cancellation);
    return map(report(reading.text(), cancellation), reading);
  }

  private static QuoteReport map(QuoteReport found, DocumentReading reading) {
    List<Quote> quotes = new ArrayList<>();
    for (Quote quote : found.quotes()) {
      quotes.add(
          new Quote(
              quote.type(),
              quote.content().stream().map(reading::map).toList(),
              reading.map(quote.speaker()),
              reading.map(quote.speakerCoref()),
              quote.speakerName(),
              reading.map(quote.cue()),
              quote.negated(),
              quote.attribution(),
              reading.map(quote.attributionSpan()),
              quote.repaired()));
    }
    return new QuoteReport(quotes, found.nonQuotes().stream().map(reading::map).toList());
  }

  /**
   * The quotes of plain text and the passages in quotation marks that are none. Each line is a
   * paragraph: no sentence runs over its end unless it is inside quotation marks.
   */
  public QuoteReport report(String text) {
    return report(text, Cancellation.NONE);
  }

  /**
   * What {@link #report(String)} finds.
   *
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public QuoteReport report(String text, Cancellation cancellation) {
    List<MarkedPassage> passages =
        QuotationMarks.parse(text, at -> attributionAt(text, at), cancellation);
    List<Sentence> sentences = sentences(text, passages, cancellation);
    Coreference coreference = new Coreference(lexicon);
    Set<String> speakers = new HashSet<>();
    Set<String> bodies = new HashSet<>();
    for (Sentence sentence : sentences) {
      cancellation.check();
      coreference.gather(sentence.phrases);
      sentence.cues = CueFinder.find(sentence.phrases);
      for (Cue cue : sentence.cues) {
        if (cue.speaker() != null
            && cue.kind() != Cue.Kind.PREPOSITION
            && cue.speaker().kind() == Mention.Kind.NAME) {
          speakers.add(surname(cue.speaker().text()));
        } else if (cue.speaker() != null && cue.speaker().kind() == Mention.Kind.DESCRIPTION) {
          bodies.add(cue.speaker().text());
        }
      }
    }
    List<TextSpan> others = new ArrayList<>();
    for (int s = 0; s < sentences.size(); s++) {
      cancellation.check();
      Sentence sentence = sentences.get(s);
      Attribution.Result result =
          Attribution.of(
              sentence.phrases,
              sentence.cues,
              name -> speakers.contains(surname(name)) || coreference.isFullName(name));
      sentence.drafts.addAll(result.drafts());
      sentence.drafts.sort(Comparator.comparingInt(draft -> draft.content().get(0).start()));
      others.addAll(result.others());
      sentence.subject = sentence.phrases.mainSubject(sentence.phrases.size());
    }
    headline(sentences, speakers, bodies);
    Interview.read(text, sentences, coreference);
    neighbours(sentences);
    List<Quote> quotes = new ArrayList<>();
    resolve(text, passages, sentences, coreference, quotes, cancellation);
    quotes.sort(
        Comparator.comparing((Quote quote) -> quote.content().get(0)).thenComparing(Quote::type));
    others.sort(Comparator.naturalOrder());
    return new QuoteReport(quotes, others);
  }

  private static String surname(String name) {
    return name.substring(name.lastIndexOf(' ') + 1).toLowerCase(Locale.ROOT);
  }

  private boolean attributionAt(String text, int at) {
    int end = Math.min(text.length(), at + 80);
    for (int i = at; i < end; i++) {
      if (QuotationMarks.isBreak(text.charAt(i))) {
        end = i;
      }
    }
    List<Word> words = Tokens.of(text, at, end, language);
    return AttributionOpening.opens(new Phrases(text, words, lexicon));
  }

  // ---- sentences

  private List<Sentence> sentences(
      String text, List<MarkedPassage> passages, Cancellation cancellation) {
    List<MarkedPassage> tops = new ArrayList<>();
    for (MarkedPassage passage : passages) {
      if (passage.depth() == 0) {
        tops.add(passage);
      }
    }
    return cut(text, 0, text.length(), tops, cancellation);
  }

  /** Cuts {@code [from, to)} into sentences; each passage is one word and never cut. */
  private List<Sentence> cut(
      String text, int from, int to, List<MarkedPassage> passages, Cancellation cancellation) {
    List<Sentence> sentences = new ArrayList<>();
    List<Word> words = new ArrayList<>();
    int next = 0;
    int line = 0;
    int runStart = from;
    int i = from;
    while (i <= to) {
      if (i % UNCHECKED == 0) {
        cancellation.check();
      }
      MarkedPassage passage = next < passages.size() ? passages.get(next) : null;
      boolean atPassage = passage != null && i >= passage.outer().start();
      boolean end = i == to;
      char c = end ? '\n' : text.charAt(i);
      if (!atPassage && !end && !QuotationMarks.isBreak(c) && !isStop(text, i, to)) {
        i++;
        continue;
      }
      int runEnd = atPassage || end || QuotationMarks.isBreak(c) ? i : i + 1;
      if (runEnd > runStart) {
        words.addAll(Tokens.of(text, runStart, runEnd, language));
      }
      if (atPassage) {
        TextSpan outer = passage.outer();
        words.add(new Word(outer.start(), outer.end(), "«»", "«»", Word.Kind.PASSAGE, passage));
        next++;
        i = Math.max(i, outer.end());
        runStart = i;
        if (endsSentence(text, passage, i, to)) {
          flush(text, words, line, sentences);
          words = new ArrayList<>();
        }
        continue;
      }
      boolean stop = end || QuotationMarks.isBreak(c) || isStop(text, i, to);
      i++;
      runStart = i;
      if (stop) {
        flush(text, words, line, sentences);
        words = new ArrayList<>();
      }
      line += !end && QuotationMarks.isBreak(c) ? 1 : 0;
    }
    return sentences;
  }

  private void flush(String text, List<Word> words, int line, List<Sentence> sentences) {
    for (int from = 0; from < words.size(); from += LONGEST_SENTENCE) {
      int to = Math.min(words.size(), from + LONGEST_SENTENCE);
      sentences.add(
          new Sentence(new Phrases(text, List.copyOf(words.subList(from, to)), lexicon), line));
    }
  }

  /** Whether a sentence ends with the sign at {@code i}. */
  private boolean isStop(String text, int i, int to) {
    char c = text.charAt(i);
    if (c != '.' && c != '!' && c != '?' && c != '…') {
      return false;
    }
    int j = i + 1;
    if (j < to
        && (text.charAt(j) == c
            || text.charAt(j) == '.'
            || text.charAt(j) == '!'
            || text.charAt(j) == '?')) {
      return false; // the last of several counts
    }
    boolean closed = j < to && (text.charAt(j) == ')' || text.charAt(j) == ']');
    j += closed ? 1 : 0;
    int space = j;
    while (j < to
        && QuotationMarks.isSpace(text.charAt(j))
        && !QuotationMarks.isBreak(text.charAt(j))) {
      j++;
    }
    if (j >= to || QuotationMarks.isBreak(text.charAt(j))) {
      return true;
    }
    if (j == space) {
      return false;
    }
    char after = text.charAt(j);
    boolean starts =
        Character.isUpperCase(after)
            || Character.isDigit(after)
            || "«“\"‹‘'-–—(".indexOf(after) >= 0;
    if (!starts) {
      return false;
    }
    if (c == '.') {
      int start = i;
      while (start > 0 && i - start < 12 && Tokens.isWordChar(text.charAt(start - 1))) {
        start--;
      }
      if (start < i && Tokens.isAbbreviation(text.substring(start, i))) {
        boolean letter = i - start == 1;
        if (letter && j + 1 < to && text.charAt(j + 1) == '.') {
          return false; // "B. A."
        }
        return letter && !capitalBefore(text, start) && opensSentence(text, j, to);
      }
    }
    if ((c == '!' || c == '?' || c == '…') && "-–—".indexOf(after) >= 0) {
      return false;
    }
    return true;
  }

  /** Whether the word before {@code at} has a capital: a letter after it is an initial. */
  private static boolean capitalBefore(String text, int at) {
    int end = at;
    while (end > 0 && text.charAt(end - 1) == ' ') {
      end--;
    }
    int start = end;
    while (start > 0 && end - start < 30 && Tokens.isWordChar(text.charAt(start - 1))) {
      start--;
    }
    return start < end && Character.isUpperCase(text.charAt(start));
  }

  /** Whether the word at {@code at} is one that opens sentences and no name. */
  private boolean opensSentence(String text, int at, int to) {
    int end = at;
    while (end < to && end - at < 20 && Tokens.isWordChar(text.charAt(end))) {
      end++;
    }
    return lexicon.in("notname", text.substring(at, end).toLowerCase(Locale.ROOT));
  }

  /** Whether a passage that ends with a stop of its own ends its sentence. */
  private boolean endsSentence(String text, MarkedPassage passage, int at, int to) {
    int last = passage.extent().end() - 1;
    boolean stopped = ".!?…".indexOf(text.charAt(last)) >= 0;
    int j = at;
    while (j < to
        && QuotationMarks.isSpace(text.charAt(j))
        && !QuotationMarks.isBreak(text.charAt(j))) {
      j++;
    }
    if (j >= to || QuotationMarks.isBreak(text.charAt(j))) {
      return false; // the line's end does it
    }
    char after = text.charAt(j);
    if (!stopped) {
      return false;
    }
    if ("«“\"‹".indexOf(after) >= 0) {
      return true;
    }
    return Character.isUpperCase(after) && !attributionFollows(text, j, to);
  }

  private boolean attributionFollows(String text, int at, int to) {
    if (language == Language.ENGLISH) {
      return attributionAt(text.substring(at, Math.min(to, at + 80)), 0);
    }
    return false;
  }

  // ---- sources outside the sentence

  /** A headline "X : clause" whose X speaks in the article. */
  private void headline(List<Sentence> sentences, Set<String> speakers, Set<String> bodies) {
    for (int s = 0; s < Math.min(2, sentences.size()); s++) {
      Phrases p = sentences.get(s).phrases;
      if (!sentences.get(s).drafts.isEmpty()) {
        continue;
      }
      for (int i = 1; i < Math.min(p.size(), 8); i++) {
        if (!p.isSign(i, ":")) {
          continue;
        }
        Mention mention = p.mention(0, i);
        boolean speaks =
            mention != null
                && mention.animate()
                && i + 2 < p.size()
                && p.hasFinite(i + 1, p.size())
                && (mention.kind() == Mention.Kind.NAME
                    ? speakers.contains(surname(mention.text()))
                        || bodies.stream().anyMatch(body -> body.contains(mention.text()))
                    : "person".equals(lexicon.source(mention.head())));
        if (speaks) {
          int last = p.size() - 1;
          while (last > i && p.isSign(last, ".")) {
            last--;
          }
          TextSpan clause = new TextSpan(p.at(i + 1).start(), p.at(last).end());
          sentences.get(s).drafts.add(QuoteCandidate.indirect(clause, mention));
        }
        break;
      }
    }
  }

  /** Gives passages that stand alone the speaker of a passage beside them. */
  private static void neighbours(List<Sentence> sentences) {
    for (int s = 0; s < sentences.size(); s++) {
      List<QuoteCandidate> drafts = sentences.get(s).drafts;
      for (int d = 0; d < drafts.size(); d++) {
        QuoteCandidate draft = drafts.get(d);
        if (draft.source() != QuoteCandidate.Source.NEIGHBOUR || draft.speaker() != null) {
          continue;
        }
        Mention announced = s == 0 || d > 0 ? null : announced(sentences.get(s - 1));
        if (announced == null
            && s > 0
            && d == 0
            && (isOwned(sentences.get(s - 1)) || goesOnOwned(sentences.get(s - 1)))) {
          drafts.set(d, draft.from(QuoteCandidate.Source.OWNED));
          continue;
        }
        boolean own = s > 0 && d == 0 && sentences.get(s - 1).line != sentences.get(s).line;
        Mention writer = own && announced == null ? writer(sentences.get(s - 1)) : null;
        if (writer != null) {
          drafts.set(d, draft.by(writer));
          continue;
        }
        if (announced != null) {
          drafts.set(d, draft.by(announced).from(QuoteCandidate.Source.NAMED));
          continue;
        }
        Cue takenUp = d == drafts.size() - 1 ? takenUp(sentences, s + 1) : null;
        if (takenUp != null) {
          drafts.set(d, draft.by(takenUp.speaker()).from(QuoteCandidate.Source.NAMED));
          continue;
        }
        if (d == 0 && opensOtherParagraph(sentences, s)) {
          drafts.set(d, draft.from(QuoteCandidate.Source.IMPLICIT));
          continue;
        }
        QuoteCandidate before = s == 0 ? null : last(sentences.get(s - 1), true);
        QuoteCandidate ahead = ahead(sentences, s);
        QuoteCandidate report = s == 0 ? null : last(sentences.get(s - 1), false);
        QuoteCandidate chosen = before != null ? before : ahead != null ? ahead : report;
        drafts.set(
            d,
            chosen != null
                ? draft.by(chosen.speaker())
                : draft.from(QuoteCandidate.Source.IMPLICIT));
      }
    }
  }

  /**
   * Whether the words open a paragraph that goes on with something else: "« Ils mentent. » Le tag
   * est apparu dans la nuit." They are not those of whoever spoke in the paragraph before.
   */
  private static boolean opensOtherParagraph(List<Sentence> sentences, int s) {
    boolean opens = s > 0 && sentences.get(s - 1).line != sentences.get(s).line;
    return opens
        && s + 1 < sentences.size()
        && sentences.get(s + 1).line == sentences.get(s).line
        && sentences.get(s + 1).drafts.isEmpty();
  }

  /** The verb of "Voilà ce qu'a répété X", which tells whose the words before it are, or null. */
  private static Cue takenUp(List<Sentence> sentences, int s) {
    if (s >= sentences.size() || sentences.get(s).line != sentences.get(s - 1).line) {
      return null;
    }
    Phrases p = sentences.get(s).phrases;
    int that = p.in("takingup", 0) ? 1 : 0;
    that = that == 1 && p.is(1, "est") ? 2 : that;
    if (that == 0 || !p.is(that, "ce") || !p.is(that + 1, "que", "qu'")) {
      return null;
    }
    for (Cue cue : sentences.get(s).cues) {
      if (cue.kind() == Cue.Kind.VERB && cue.speaker() != null && cue.from() <= that + 4) {
        return cue;
      }
    }
    return null;
  }

  /** Who speaks after a line that ends in a colon, or null: "La présidente Odile M. :". */
  private static Mention announced(Sentence line) {
    Phrases p = line.phrases;
    int colon = p.size() - 1;
    if (!p.isSign(colon, ":") || colon == 0) {
      return null;
    }
    for (Cue cue : line.cues) {
      boolean introduces = cue.complement() == Cue.Complement.COLON && cue.complementAt() > colon;
      boolean verb = introduces && cue.kind() == Cue.Kind.VERB && cue.speaker() != null;
      if (verb
          && !(p.lexicon().in("leadin", cue.speaker().head()) && LeadIn.isPossessive(p, colon))) {
        return cue.speaker();
      }
    }
    Mention mention = LeadIn.speaker(p, colon);
    if (mention == null && LeadIn.isPossessive(p, colon)) {
      return null; // "Her ruling reads in part:"
    }
    mention = mention == null ? p.mainSubject(colon) : mention;
    mention = mention == null && !p.hasFinite(0, colon) ? p.mention(0, colon) : mention;
    return mention != null && mention.animate() ? mention : null;
  }

  /** "Son message tient en une ligne :" before a line of its own. */
  private static boolean isOwned(Sentence line) {
    int colon = line.phrases.size() - 1;
    return colon > 0 && line.phrases.isSign(colon, ":") && LeadIn.isPossessive(line.phrases, colon);
  }

  private static boolean goesOnOwned(Sentence before) {
    int last = before.drafts.size() - 1;
    return last >= 0 && before.drafts.get(last).source() == QuoteCandidate.Source.OWNED;
  }

  /**
   * Who wrote what a line of its own quotes: "Dans une lettre ouverte, X explique son départ.", or
   * null.
   */
  private static Mention writer(Sentence before) {
    Phrases p = before.phrases;
    boolean document = false;
    for (int i = 1; i < p.size(); i++) {
      document |= p.in("missive", i) && (p.in("determiner", i - 1) || p.in("determiner", i - 2));
    }
    for (Cue cue : before.cues) {
      boolean answers =
          cue.entry().shade().equals("answer") && cue.complement() == Cue.Complement.NONE;
      boolean says = (document || answers) && cue.speaker() != null;
      if (says && cue.speaker().kind() != Mention.Kind.PRONOUN && before.drafts.isEmpty()) {
        return cue.speaker();
      }
    }
    return null;
  }

  private static QuoteCandidate last(Sentence sentence, boolean marked) {
    QuoteCandidate last = null;
    for (QuoteCandidate draft : sentence.drafts) {
      if ((draft.type() != QuoteType.INDIRECT) == marked && draft.speaker() != null) {
        last = draft;
      }
    }
    return last;
  }

  /** The attributed quote that a run of passages alone leads up to, or null. */
  private static QuoteCandidate ahead(List<Sentence> sentences, int s) {
    for (int t = s + 1; t < Math.min(sentences.size(), s + 6); t++) {
      List<QuoteCandidate> drafts = sentences.get(t).drafts;
      if (drafts.isEmpty() || sentences.get(t).line > sentences.get(t - 1).line + 2) {
        return null;
      }
      QuoteCandidate first = drafts.get(0);
      if (first.type() == QuoteType.DIRECT && first.followed() && first.speaker() != null) {
        return first;
      }
      if (first.source() != QuoteCandidate.Source.NEIGHBOUR) {
        return null;
      }
    }
    return null;
  }

  // ---- who is who

  private void resolve(
      String text,
      List<MarkedPassage> passages,
      List<Sentence> sentences,
      Coreference coreference,
      List<Quote> quotes,
      Cancellation cancellation) {
    int[] next = {0};
    Coreference.Entity asker = null;
    for (int s = 0; s < sentences.size(); s++) {
      Sentence sentence = sentences.get(s);
      cancellation.check();
      coreference.enter(s);
      Mention body = new Bodies(sentence.phrases).opening();
      if (body != null) {
        coreference.attendBody(body);
      }
      for (Cue cue : sentence.cues) {
        boolean impersonal = cue.clitic() >= 0 && sentence.phrases.in("impersonal", cue.clitic());
        if (impersonal && cue.speaker() != null && cue.speaker().kind() != Mention.Kind.PRONOUN) {
          coreference.attendBody(cue.speaker());
        }
      }
      Mention subject = sentence.subject;
      boolean subjectDone = false;
      QuoteCandidate previous = null;
      Coreference.Resolution previousResolution = null;
      for (QuoteCandidate draft : sentence.drafts) {
        if (!subjectDone
            && subject != null
            && draft.speaker() != null
            && subject.span().start() < draft.speaker().span().start()
            && (isTakenUp(text, subject, draft.speaker())
                || (draft.type() == QuoteType.INDIRECT
                    && draft.content().get(0).start() > subject.span().start()))) {
          coreference.attend(subject);
          subjectDone = true;
        }
        Coreference.Resolution resolution = null;
        Mention mention = draft.speaker();
        if (mention != null
            && draft.source() == QuoteCandidate.Source.IMPLICIT
            && !mention.animate()) {
          mention = null;
        }
        if (mention != null) {
          boolean same = previous != null && mention.equals(previous.speaker());
          resolution =
              same
                  ? previousResolution
                  : draft.answers() && mention.kind() == Mention.Kind.PRONOUN
                      ? coreference.resolveAnswer(mention, asker)
                      : coreference.resolve(mention);
          TextSpan last = draft.content().get(draft.content().size() - 1);
          asker = text.charAt(last.end() - 1) == '?' ? resolution.entity() : null;
          if (resolution.entity() != null) {
            coreference.spoke(resolution.entity());
          }
        }
        previous = draft;
        previousResolution = resolution;
        if (resolution == null) {
          Coreference.Entity nearest = nearest(sentences, s, draft, coreference);
          resolution =
              nearest == null
                  ? new Coreference.Resolution(null, null, null)
                  : new Coreference.Resolution(null, nearest.name(), nearest);
          TextSpan span = nearest == null ? null : nearest.span();
          quotes.add(
              quote(
                  draft,
                  span,
                  null,
                  resolution.name(),
                  nearest == null ? SpeakerEvidence.NONE : SpeakerEvidence.NEIGHBOUR));
        } else {
          quotes.add(
              quote(
                  draft,
                  mention.span(),
                  resolution.coref(),
                  resolution.name(),
                  evidence(draft, mention, resolution)));
        }
        if (draft.type() != QuoteType.INDIRECT) {
          nested(text, passages, next, draft, resolution, quotes, cancellation);
        }
      }
      if (!subjectDone && subject != null) {
        boolean spoken = false;
        for (QuoteCandidate draft : sentence.drafts) {
          spoken |= draft.speaker() != null && draft.speaker().span().equals(subject.span());
        }
        if (!spoken) {
          coreference.attend(subject);
        }
      }
    }
  }

  /** "La chambre n'est pas tendre : elle pointe « … »": the pronoun of a further clause. */
  private static boolean isTakenUp(String text, Mention subject, Mention speaker) {
    if (speaker.kind() != Mention.Kind.PRONOUN || subject.span().end() > speaker.span().start()) {
      return false;
    }
    int end = Math.min(speaker.span().start(), subject.span().end() + LONGEST_ATTRIBUTION);
    for (int i = subject.span().end(); i < end; i++) {
      if (text.charAt(i) == ':' || text.charAt(i) == ';') {
        return true;
      }
    }
    return false;
  }

  /**
   * Whose words a quote without a source is, by the sentences before it in its paragraph: what one
   * says or does who is its subject ("Sa seule phrase : « … »"), else nobody's.
   */
  private Coreference.Entity nearest(
      List<Sentence> sentences, int s, QuoteCandidate draft, Coreference coreference) {
    boolean owned = draft.source() == QuoteCandidate.Source.OWNED;
    for (int t = s - 1; t >= 0 && t >= s - (owned ? OWNERS : 2); t--) {
      int apart = owned ? 2 : 1; // "Her ruling reads:" may have an empty line behind it
      if (sentences.get(t + 1).line - sentences.get(t).line > apart) {
        return null;
      }
      Coreference.Entity speaker = coreference.speaker(t);
      Coreference.Entity subject = coreference.subject(t);
      boolean words = subject != null && owned && lexicon.in("leadin", subject.head());
      subject = words ? null : subject; // "Her ruling reads:" is about her
      if (speaker != null || subject != null) {
        return speaker != null && !owned ? speaker : subject != null ? subject : speaker;
      }
      Phrases p = sentences.get(t).phrases;
      if (!owned && p.hasFinite(0, p.size())) {
        return null;
      }
    }
    return null;
  }

  private static SpeakerEvidence evidence(
      QuoteCandidate draft, Mention mention, Coreference.Resolution resolution) {
    boolean pronoun = mention.kind() == Mention.Kind.PRONOUN;
    if (resolution.name() == null || (pronoun && resolution.entity() == null)) {
      return SpeakerEvidence.NONE;
    }
    if (draft.source() == QuoteCandidate.Source.NEIGHBOUR) {
      return SpeakerEvidence.NEIGHBOUR;
    }
    boolean led = resolution.coref() != null && mention.kind() != Mention.Kind.NAME;
    return pronoun || led ? SpeakerEvidence.COREFERENCE : SpeakerEvidence.EXPLICIT;
  }

  private static Quote quote(
      QuoteCandidate draft,
      TextSpan speaker,
      TextSpan coref,
      String name,
      SpeakerEvidence evidence) {
    return new Quote(
        draft.type(),
        draft.content(),
        speaker,
        coref,
        name,
        draft.cue(),
        draft.negated(),
        evidence,
        evidence == SpeakerEvidence.NONE ? null : shown(draft, speaker),
        draft.repaired());
  }

  /** The cue with the speaker's mention where no words of the quote stand between, else that. */
  private static TextSpan shown(QuoteCandidate draft, TextSpan speaker) {
    if (draft.cue() == null) {
      return speaker;
    }
    TextSpan both = draft.cue().union(speaker);
    boolean apart = draft.content().stream().noneMatch(both::overlaps);
    return apart && both.length() <= LONGEST_ATTRIBUTION ? both : speaker;
  }

  /** Quotes inside a quote: only those in marks of their own, with their verb. */
  private void nested(
      String text,
      List<MarkedPassage> passages,
      int[] next,
      QuoteCandidate outer,
      Coreference.Resolution speaker,
      List<Quote> quotes,
      Cancellation cancellation) {
    cancellation.check();
    int start = outer.content().get(0).start();
    int end = outer.content().get(outer.content().size() - 1).end();
    while (next[0] < passages.size() && passages.get(next[0]).outer().start() < start) {
      next[0]++;
    }
    List<MarkedPassage> inside = new ArrayList<>();
    for (int i = next[0]; i < passages.size() && passages.get(i).outer().start() < end; i++) {
      MarkedPassage passage = passages.get(i);
      if (passage.depth() == 1 && passage.extent().end() <= end) {
        inside.add(passage);
      }
    }
    if (inside.isEmpty() || end - start > LONGEST_NESTED) {
      return;
    }
    int stop = Math.max(end, inside.get(inside.size() - 1).outer().end());
    for (Sentence sentence : cut(text, start, stop, inside, cancellation)) {
      List<Cue> cues = CueFinder.find(sentence.phrases);
      for (QuoteCandidate draft : Attribution.of(sentence.phrases, cues, name -> false).drafts()) {
        if (draft.type() != QuoteType.DIRECT || draft.cue() == null || draft.speaker() == null) {
          continue;
        }
        boolean self = lexicon.in("dialogue", draft.speaker().head());
        TextSpan coref = self && speaker.entity() != null ? speaker.entity().span() : null;
        String name = self ? speaker.name() : draft.speaker().text();
        quotes.add(
            quote(
                draft,
                draft.speaker().span(),
                coref,
                name,
                coref == null ? SpeakerEvidence.EXPLICIT : SpeakerEvidence.COREFERENCE));
      }
    }
  }
}
