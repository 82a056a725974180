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
      boolean clause = p.isFinite(i) && !p.in("belonging", i);
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
      if (speaks(mention) && !bare) {
        return apposition(mention, end);
      }
    }
    return null;
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
