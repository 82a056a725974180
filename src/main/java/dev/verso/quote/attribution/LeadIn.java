package dev.verso.quote.attribution;

import dev.verso.quote.cue.Mention;
import dev.verso.quote.cue.Phrases;
import dev.verso.quote.cue.Word;

/**
 * Who speaks behind a colon that no verb of speech leads up to: "Réaction de X :", "Même ton chez X
 * :", "The governor's verdict was short:", "La présidente Odile M. :". The noun that announces the
 * words (<i>réaction</i>, <i>verdict</i>) is never who speaks.
 */
public final class LeadIn {

  private static final int NEAR = 3; // words between an owner and the noun of speech

  private final Phrases p;
  private final int from;
  private final int colon;

  private LeadIn(Phrases phrases, int colon) {
    this.p = phrases;
    this.colon = colon;
    int start = 0;
    for (int i = colon - 1; i > 0; i--) {
      if (p.isPassage(i) || p.isSign(i, ";:")) {
        start = i + 1;
        break;
      }
    }
    this.from = start;
  }

  /** The speaker that the words before the colon name, or null. */
  public static Mention speaker(Phrases phrases, int colon) {
    LeadIn leadIn = new LeadIn(phrases, colon);
    for (int i = leadIn.from; i < colon; i++) {
      if (leadIn.isSpeech(i)) {
        Mention owner = leadIn.owner(i);
        if (owner != null) {
          return owner;
        }
      }
    }
    return null;
  }

  /**
   * Who the noun of speech at {@code noun} belongs to, by its complement or possessive; or null.
   */
  static Mention owner(Phrases phrases, int noun) {
    return new LeadIn(phrases, phrases.size()).owner(noun);
  }

  /**
   * Whether the words before the colon announce what one spoken of before says: "Sa seule phrase
   * :", "Her answer:".
   */
  public static boolean isPossessive(Phrases phrases, int colon) {
    LeadIn leadIn = new LeadIn(phrases, colon);
    for (int i = leadIn.from; i < colon; i++) {
      if (!leadIn.isSpeech(i)) {
        continue;
      }
      for (int k = i - 1; k >= Math.max(leadIn.from, i - NEAR); k--) {
        if (phrases.in("thisorhis", k) && !phrases.in("demonstrative", k)) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Who acts in the words before the colon: the subject of its sentence ("Le maire sourit :"), of
   * its relative clause ("Une critique que le maire balaie :"), or its only phrase with the name
   * beside it ("Le président du club, Yvon Castaing, la mine sombre :"); or null.
   */
  public static Mention subject(Phrases phrases, int colon) {
    LeadIn leadIn = new LeadIn(phrases, colon);
    Mention main = phrases.mainSubject(colon);
    if (main != null && main.animate()) {
      return main;
    }
    Mention relative = leadIn.relativeSubject();
    if (relative != null) {
      return relative;
    }
    int start = leadIn.behindCircumstance();
    int end = phrases.isPhraseStart(start) ? phrases.phraseEnd(start) : colon;
    Mention first = phrases.mention(start, Math.min(end, colon));
    if (first == null || !first.animate()) {
      return main == null ? first : main;
    }
    return main == null || end < colon ? leadIn.apposition(first, end) : main;
  }

  /** Behind "Sur le terrain,", or the beginning. */
  private int behindCircumstance() {
    for (int i = from; p.in("preposition", from) && i < colon && !p.isFinite(i); i++) {
      if (p.isSign(i, ",")) {
        return i + 1;
      }
    }
    return from;
  }

  /** The subject of the last verb before the colon if that stands in a relative clause, or null. */
  private Mention relativeSubject() {
    for (int i = colon - 1; i > from; i--) {
      if (!p.isFinite(i)) {
        continue;
      }
      int start = p.subjectStart(i);
      int bare = bareRelative(i);
      start = bare > 0 ? bare : start;
      boolean relative = bare > 0 || (start > from && start < i && p.in("relative", start - 1));
      Mention subject = relative ? p.mention(start, i) : null;
      return subject != null && subject.animate() ? subject : null;
    }
    return null;
  }

  /** "a charge the secretary rejects": where the clause without a pronoun begins, or -1. */
  private int bareRelative(int verb) {
    if (p.isFrench()) {
      return -1;
    }
    for (int i = verb - 1; i > from + 1; i--) {
      if (!p.at(i).isWord() || p.isFinite(i) || p.in("preposition", i)) {
        return -1;
      }
      if (p.in("determiner", i) || (p.isName(i) && !p.isName(i - 1))) {
        boolean noun = p.at(i - 1).isWord() && !p.in("preposition", i - 1) && !p.isFinite(i - 1);
        return noun && p.in("determiner", i - 2) ? i : -1;
      }
    }
    return -1;
  }

  private boolean isSpeech(int i) {
    if (!p.at(i).isWord()) {
      return false;
    }
    String lower = p.at(i).lower();
    return p.lexicon().in("leadin", lower) || p.lexicon().isSpeechNoun(lower);
  }

  private Mention owner(int noun) {
    for (int k = noun - 1; k >= Math.max(from, noun - NEAR); k--) {
      if (p.is(k, "'s")) {
        Mention mention = p.mention(p.subjectStart(k), k);
        return speaks(mention) ? mention : null;
      }
      if (!p.at(k).isWord()) {
        break;
      }
    }
    for (int i = noun + 1; i < colon; i++) {
      Word word = p.at(i);
      boolean clause = p.isFinite(i) && !p.in("belonging", i) && !isSent(i);
      if (p.isPassage(i) || word.kind() == Word.Kind.SIGN || clause) {
        return null;
      }
      if (!p.in("preposition", i) || p.in("preposition", i + 1) || i + 1 >= colon) {
        continue;
      }
      int end = Math.min(colon, p.phraseEnd(i + 1));
      Mention mention = p.mention(i + 1, end);
      boolean bare =
          mention != null
              && mention.kind() == Mention.Kind.DESCRIPTION
              && p.is(i, "de", "d'")
              && !p.in("determiner", i + 1); // "mot d'ordre"
      boolean hearer = p.in("hearing", i) && mention != null && isPerson(mention);
      if (speaks(mention) && !bare && !hearer) {
        return apposition(mention, end);
      }
    }
    return null;
  }

  /** "Le SMS envoyé le 4 mai par X", "the email sent by X": a participle, no verb of its own. */
  private boolean isSent(int i) {
    return p.lexicon().isParticiple(p.at(i).lower()) || p.at(i).lower().endsWith("ed");
  }

  private boolean isPerson(Mention mention) {
    return mention.kind() == Mention.Kind.NAME
        || "person".equals(p.lexicon().source(mention.head()));
  }

  /** "la réaction du maire, Paul Roy :": the name. */
  private Mention apposition(Mention mention, int comma) {
    if (mention.kind() != Mention.Kind.DESCRIPTION || !p.isSign(comma, ",")) {
      return mention;
    }
    int start = comma + 1;
    if (!(p.isName(start) || p.isCourtesy(start))) {
      return mention;
    }
    Mention name = p.mention(start, p.nameEnd(start, colon));
    return name == null ? mention : name;
  }

  private static boolean speaks(Mention mention) {
    return mention != null
        && mention.kind() != Mention.Kind.PRONOUN
        && (mention.kind() == Mention.Kind.NAME || mention.animate());
  }
}
