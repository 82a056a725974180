package dev.verso.quote;

import dev.verso.quote.attribution.QuoteCandidate;
import dev.verso.quote.attribution.QuoteType;
import dev.verso.quote.coreference.Coreference;
import dev.verso.quote.cue.Cue;
import dev.verso.quote.cue.Mention;
import dev.verso.quote.cue.Phrases;
import dev.verso.quote.cue.Word;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The turns of an interview: lines that open with a dash and alternate, lines that open with a name
 * or with "Question :" and "Réponse :", questions that stand alone and are answered in the next
 * line. A turn of a known speaker is a quote, with or without quotation marks. The one who is asked
 * is named by the headline or the introduction; where these name several, or nobody, unlabelled
 * turns are left alone.
 */
final class Interview {

  /** "M. E.", "J.-P. R.", "ME" */
  private static final Pattern INITIALS =
      Pattern.compile("\\p{Lu}\\.?(?:[-\\h]{0,2}\\p{Lu}\\.?){1,3}");

  private static final int LABEL = 6; // words of a label before its colon
  private static final int INTRODUCTION = 12; // sentences before the first turn
  private static final int LONGEST_QUESTION = 60; // words

  /** A line of the text with its sentences. */
  private record Paragraph(int first, int last, Kind kind, int start, Mention label) {
    boolean isQuestion() {
      return kind == Kind.QUESTION || kind == Kind.ASKED;
    }
  }

  private enum Kind {
    /** Nothing tells what it is. */
    PLAIN,
    /** Opens with a dash. */
    DASH,
    /** Opens with the name of who speaks. */
    NAMED,
    /** Opens with "Question :" or "Q." */
    ASKED,
    /** Opens with "Réponse :" or "A." */
    ANSWERED,
    /** A question and no more, outside quotation marks. */
    QUESTION
  }

  private final CharSequence text;
  private final List<Sentence> sentences;
  private final Coreference coreference;
  private final List<Paragraph> paragraphs = new ArrayList<>();

  private Interview(CharSequence text, List<Sentence> sentences, Coreference coreference) {
    this.text = text;
    this.sentences = sentences;
    this.coreference = coreference;
  }

  /** Adds the turns of known speakers to the drafts of their sentences. */
  static void read(CharSequence text, List<Sentence> sentences, Coreference coreference) {
    Interview interview = new Interview(text, sentences, coreference);
    interview.cut();
    interview.named();
    interview.answered();
    interview.dashes();
    interview.spoken();
    interview.questions();
  }

  // ---- lines

  private void cut() {
    int s = 0;
    while (s < sentences.size()) {
      int last = s;
      while (last + 1 < sentences.size() && sentences.get(last + 1).line == sentences.get(s).line) {
        last++;
      }
      paragraphs.add(paragraph(s, last));
      s = last + 1;
    }
  }

  private Paragraph paragraph(int first, int last) {
    Phrases p = sentences.get(first).phrases;
    if (p.at(0).isDash() && p.size() > 1) {
      return new Paragraph(first, last, Kind.DASH, p.at(1).start(), null);
    }
    boolean stopped = p.at(0).isWord() && p.at(0).text().endsWith(".");
    boolean colon = p.isSign(1, ":.-–—");
    String label = p.at(0).lower().replace(".", "");
    boolean letter = p.size() == 1 ? stopped : p.size() == 2 && p.isSign(1, ".");
    if (letter && last > first) { // "R. Non." was cut behind the letter
      int start = sentences.get(first + 1).phrases.at(0).start();
      if (p.lexicon().in("questionlabel", label)) {
        return new Paragraph(first, last, Kind.ASKED, start, null);
      }
      if (p.lexicon().in("answerlabel", label)) {
        return new Paragraph(first, last, Kind.ANSWERED, start, null);
      }
    }
    if (p.at(0).isCapitalised() && (stopped || colon) && p.size() > (colon ? 2 : 1)) {
      int start = p.at(colon ? 2 : 1).start();
      if (p.lexicon().in("questionlabel", label)) {
        return new Paragraph(first, last, Kind.ASKED, start, null);
      }
      if (p.lexicon().in("answerlabel", label)) {
        return new Paragraph(first, last, Kind.ANSWERED, start, null);
      }
    }
    Paragraph named = label(p, first, last);
    if (named != null) {
      return named;
    }
    return isQuestion(first, last)
        ? new Paragraph(first, last, Kind.QUESTION, p.at(0).start(), null)
        : new Paragraph(first, last, Kind.PLAIN, p.at(0).start(), null);
  }

  private Paragraph label(Phrases p, int first, int last) {
    for (int i = 1; i < Math.min(p.size() - 1, LABEL); i++) {
      if (!p.isSign(i, ":")) {
        continue;
      }
      TextSpan span = new TextSpan(p.at(0).start(), p.at(i - 1).end());
      if (INITIALS.matcher(span.of(text)).matches()) {
        Mention person = coreference.byInitials(span, span.of(text));
        return person == null || p.isPassage(i + 1)
            ? null
            : new Paragraph(first, last, Kind.NAMED, p.at(i + 1).start(), person);
      }
      for (int k = 0; k < i; k++) {
        boolean part = p.isName(k) || p.isTitle(k) || p.isCourtesy(k) || p.in("particle", k);
        if (!part || !p.at(k).isWord()) {
          return null;
        }
      }
      Mention mention = p.mention(0, i);
      boolean name = mention != null && mention.kind() == Mention.Kind.NAME && !p.isPassage(i + 1);
      return name ? new Paragraph(first, last, Kind.NAMED, p.at(i + 1).start(), mention) : null;
    }
    return null;
  }

  private boolean isQuestion(int first, int last) {
    int words = 0;
    for (int s = first; s <= last; s++) {
      Phrases p = sentences.get(s).phrases;
      words += p.size();
      for (int i = 0; i < p.size(); i++) {
        if (p.isPassage(i) && (i == 0 || i == p.size() - 1)) {
          return false;
        }
      }
    }
    Phrases end = sentences.get(last).phrases;
    return words <= LONGEST_QUESTION && end.isSign(end.size() - 1, "?");
  }

  // ---- labels

  /** "Loris : Moi, je suis dans les bois." */
  private void named() {
    Map<String, Integer> labels = new LinkedHashMap<>();
    int turns = 0;
    boolean asked = false;
    for (Paragraph paragraph : paragraphs) {
      turns += paragraph.kind == Kind.NAMED && asked ? 1 : 0;
      asked = paragraph.isQuestion();
      if (paragraph.kind == Kind.NAMED) {
        labels.merge(paragraph.label.text(), 1, Integer::sum);
        turns++;
      }
    }
    if (turns < 2) {
      return;
    }
    for (Paragraph paragraph : paragraphs) {
      if (paragraph.kind == Kind.NAMED
          && (coreference.isPerson(paragraph.label)
              || labels.get(paragraph.label.text()) > 1
              || paragraph.label.text().indexOf(' ') > 0)) {
        add(paragraph, paragraph.start, paragraph.label, QuoteCandidate.Source.NAMED);
      }
    }
  }

  /** "Réponse : …", and the lines behind it up to the next question. */
  private void answered() {
    Mention speaker = null;
    boolean sought = false;
    for (int i = 0; i < paragraphs.size(); i++) {
      Paragraph paragraph = paragraphs.get(i);
      if (paragraph.kind != Kind.ANSWERED) {
        continue;
      }
      speaker = sought ? speaker : interviewee(firstTurn(i));
      sought = true;
      if (speaker != null) {
        add(paragraph, paragraph.start, speaker, QuoteCandidate.Source.NEIGHBOUR);
      }
    }
  }

  /** The first labelled paragraph before {@code i}, or it. */
  private int firstTurn(int i) {
    int first = i;
    for (int k = i - 1; k >= 0; k--) {
      if (paragraphs.get(k).kind == Kind.ASKED) {
        first = k;
      }
    }
    return first;
  }

  // ---- dashes

  private void dashes() {
    int i = 0;
    while (i < paragraphs.size()) {
      if (paragraphs.get(i).kind != Kind.DASH) {
        i++;
        continue;
      }
      int end = i;
      int asked = 0;
      while (end < paragraphs.size() && paragraphs.get(end).kind == Kind.DASH) {
        asked += (end - i) % 2 == 0 && endsAsking(paragraphs.get(end)) ? 1 : 0;
        end++;
      }
      int questions = (end - i + 1) / 2;
      Mention speaker = end - i >= 2 && asked * 2 > questions ? interviewee(i) : null;
      for (int k = i + 1; k < end && speaker != null; k += 2) {
        Paragraph turn = paragraphs.get(k);
        add(turn, turn.start, speaker, QuoteCandidate.Source.NEIGHBOUR);
      }
      i = end;
    }
  }

  /** "— Vous n'avez pas peur ? demande le juge Hamelin.": a line of dialogue that says whose. */
  private void spoken() {
    for (Paragraph paragraph : paragraphs) {
      if (paragraph.kind != Kind.DASH) {
        continue;
      }
      for (int s = paragraph.first; s <= paragraph.last; s++) {
        Sentence sentence = sentences.get(s);
        Phrases p = sentence.phrases;
        Cue incise =
            p.words().stream().anyMatch(word -> word.passage() != null) ? null : incise(sentence);
        if (incise != null) {
          speak(paragraph, s, incise);
          break;
        }
      }
    }
  }

  private static Cue incise(Sentence sentence) {
    for (Cue cue : sentence.cues) {
      boolean parted = sentence.phrases.isSign(cue.inciseStart() - 1, ",!?…");
      boolean verb = cue.incise() && cue.kind() == Cue.Kind.VERB && !cue.dialogue();
      if (verb && parted && cue.speaker() != null && cue.speaker().animate()) {
        return cue;
      }
    }
    return null;
  }

  private void speak(Paragraph turn, int s, Cue incise) {
    Phrases p = sentences.get(s).phrases;
    int before = incise.inciseStart() - 1;
    int last = p.isSign(before, ",") ? before - 1 : before;
    List<TextSpan> content = new ArrayList<>();
    content.add(new TextSpan(turn.start, p.at(last).end()));
    int rest = incise.inciseEnd();
    boolean ended = p.isSign(rest, ".") && rest == p.size() - 1;
    boolean resumed = p.isSign(rest, ",:") && rest + 1 < p.size();
    List<Word> words = sentences.get(turn.last).phrases.words();
    int end = words.get(words.size() - 1).end();
    if (resumed) {
      content.add(new TextSpan(p.at(rest + 1).start(), end));
    } else if (ended && s < turn.last) {
      content.add(new TextSpan(sentences.get(s + 1).phrases.at(0).start(), end));
    }
    for (int k = turn.first; k <= turn.last; k++) {
      sentences.get(k).drafts.clear();
    }
    TextSpan cue = p.at(incise.at()).span();
    sentences.get(turn.first).drafts.add(QuoteCandidate.spoken(content, incise.speaker(), cue));
  }

  private boolean endsAsking(Paragraph paragraph) {
    Phrases p = sentences.get(paragraph.last).phrases;
    return p.isSign(p.size() - 1, "?");
  }

  // ---- questions that stand alone

  private void questions() {
    int first = -1;
    int questions = 0;
    boolean self = false; // an answer speaks of itself
    for (int i = 0; i + 1 < paragraphs.size(); i++) {
      if (paragraphs.get(i).kind == Kind.QUESTION && !paragraphs.get(i + 1).isQuestion()) {
        first = first < 0 ? i : first;
        questions++;
        self |= speaksOfItself(paragraphs.get(i + 1));
      }
    }
    if (first < 1) {
      return;
    }
    Mention speaker = interviewee(first);
    if (speaker == null) {
      return;
    }
    boolean announced = announced(first) != null;
    boolean inside = false;
    for (int i = first; i < paragraphs.size(); i++) {
      Paragraph paragraph = paragraphs.get(i);
      if (paragraph.kind == Kind.QUESTION) {
        inside = true;
        continue;
      }
      if (!inside) {
        continue;
      }
      boolean more = questionBehind(i);
      if (!marked(paragraph, speaker) && announced && questions > 1 && self && isProse(paragraph)) {
        add(paragraph, paragraph.start, speaker, QuoteCandidate.Source.NEIGHBOUR);
      }
      inside = more;
    }
  }

  private boolean questionBehind(int i) {
    for (int k = i + 1; k < paragraphs.size() && k <= i + 3; k++) {
      if (paragraphs.get(k).kind == Kind.QUESTION) {
        return true;
      }
    }
    return false;
  }

  /** Gives a line of passages without a source to the one asked; whether there was one. */
  private boolean marked(Paragraph paragraph, Mention speaker) {
    boolean marked = false;
    for (int s = paragraph.first; s <= paragraph.last; s++) {
      List<QuoteCandidate> drafts = sentences.get(s).drafts;
      for (int d = 0; d < drafts.size(); d++) {
        marked |= drafts.get(d).type() == QuoteType.DIRECT;
        boolean bare = drafts.get(d).source() == QuoteCandidate.Source.NEIGHBOUR;
        if (bare && drafts.get(d).speaker() == null) {
          drafts.set(d, drafts.get(d).by(speaker));
        }
      }
    }
    return marked;
  }

  private boolean isProse(Paragraph paragraph) {
    return paragraph.kind == Kind.PLAIN && !sentences.get(paragraph.first).phrases.isPassage(0);
  }

  private boolean speaksOfItself(Paragraph paragraph) {
    for (int s = paragraph.first; s <= paragraph.last; s++) {
      Phrases p = sentences.get(s).phrases;
      for (int i = 0; i < p.size(); i++) {
        if (p.in("dialogue", i)) {
          return true;
        }
      }
    }
    return false;
  }

  // ---- who is asked

  /** The one whom the headline or the introduction before paragraph {@code turn} names, or null. */
  private Mention interviewee(int turn) {
    Mention announced = announced(turn);
    if (announced != null) {
      return announced;
    }
    Map<String, Mention> people = new LinkedHashMap<>();
    for (int s = introduction(turn); s < paragraphs.get(turn).first; s++) {
      for (Mention person : coreference.people(s)) {
        people.putIfAbsent(coreference.fullName(person), person);
      }
    }
    return people.size() == 1 ? people.values().iterator().next() : null;
  }

  private int introduction(int turn) {
    return Math.max(0, paragraphs.get(turn).first - INTRODUCTION);
  }

  /**
   * "Entretien avec X", "X répond à nos lecteurs": the one person such a sentence names, or null.
   */
  private Mention announced(int turn) {
    for (int s = introduction(turn); s < paragraphs.get(turn).first; s++) {
      Phrases p = sentences.get(s).phrases;
      List<Mention> people = coreference.people(s);
      for (int i = 0; i < p.size(); i++) {
        if (!p.in("interview", i)) {
          continue;
        }
        int at = p.at(i).start();
        List<Mention> behind =
            people.stream().filter(person -> person.span().start() > at).toList();
        List<Mention> before = people.stream().filter(person -> person.span().end() <= at).toList();
        boolean verb = p.in("interviewverb", i);
        if (verb && people.isEmpty() && s > 0) { // "Il répond à nos questions."
          List<Mention> last = coreference.people(s - 1);
          return last.size() == 1 ? last.get(0) : null;
        }
        if (!verb && i < LABEL && people.isEmpty()) { // "Five minutes with Ravi Nair"
          List<Mention> names = coreference.fullNames(s);
          return names.size() == 1 && names.get(0).span().start() > at ? names.get(0) : null;
        }
        List<Mention> side = verb ? before : behind;
        if (!side.isEmpty() && (verb || side.size() == 1 || isAfterWith(p, i, side.get(0)))) {
          return side.get(0);
        }
      }
    }
    return null;
  }

  /** "Entretien avec X, ministre": X stands right behind the preposition or its role. */
  private static boolean isAfterWith(Phrases p, int from, Mention first) {
    for (int i = from; i < p.size() && p.at(i).end() <= first.span().start(); i++) {
      if (p.isSign(i, ",.;")) {
        return false;
      }
    }
    return true;
  }

  // ---- turns

  private void add(Paragraph turn, int from, Mention speaker, QuoteCandidate.Source source) {
    int end = turn.first;
    for (int s = turn.first; s <= turn.last; s++) {
      List<Word> words = sentences.get(s).phrases.words();
      end = words.get(words.size() - 1).end();
      sentences.get(s).drafts.removeIf(draft -> draft.cue() == null || draft.speaker() == null);
    }
    if (end > from) {
      TextSpan content = new TextSpan(from, end);
      boolean whole = content.of(text).strip().length() == content.length();
      if (whole) {
        sentences.get(turn.first).drafts.add(0, QuoteCandidate.turn(content, speaker, source));
      }
    }
  }
}
