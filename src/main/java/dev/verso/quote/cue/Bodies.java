package dev.verso.quote.cue;

import dev.verso.text.TextSpan;

/**
 * The body behind the French <i>on</i>: "dit-on à Matignon", "À l'Élysée, on temporise",
 * "assure-t-on dans l'entourage de la ministre". Who <i>on</i> is stands in the phrase of place,
 * never before.
 */
public final class Bodies {

  private static final int REACH = 6; // words between the phrase of place and "on"

  private final Phrases p;

  /** The bodies of a sentence. */
  public Bodies(Phrases phrases) {
    this.p = phrases;
  }

  /**
   * A body and where its phrase ends.
   *
   * @param mention who speaks
   * @param end where it ends, exclusive
   */
  public record Body(Mention mention, int end) {}

  /** The body whose phrase of place opens at {@code from} or behind an adverb there, or null. */
  Body after(int from) {
    int i = from;
    while (i < p.size() && (p.isAdverb(i) || p.in("time", i))) {
      i++;
    }
    return at(i);
  }

  /** The body that the sentence opens with, when the impersonal pronoun is its subject, or null. */
  public Mention opening() {
    if (!p.isFrench()) {
      return null;
    }
    int i = 0;
    while (i < p.size() && (p.in("discourse", i) || p.is(i, "et", "mais"))) {
      i++;
    }
    if (p.in("impersonal", i)) {
      for (int k = i + 2; k < Math.min(p.size(), i + REACH); k++) {
        Body behind = at(k); // "On ne décolère pas chez les chasseurs."
        if (behind != null && (behind.end >= p.size() || p.isSign(behind.end, ",.;:"))) {
          return behind.mention;
        }
      }
      return null;
    }
    Body body = at(i);
    if (body == null || !p.isSign(body.end, ",")) {
      return null;
    }
    for (int k = body.end + 1; k < Math.min(p.size(), body.end + REACH); k++) {
      if (p.in("impersonal", k)) {
        return body.mention;
      }
      if (p.in("subject", k) || p.isFinite(k)) {
        return null;
      }
    }
    return null;
  }

  private Body at(int i) {
    int start = -1;
    boolean sure = false; // "chez X", "du côté de X": whatever X is, it speaks
    if (p.is(i, "du") && p.is(i + 1, "côté") && p.is(i + 2, "de", "d'", "du", "des")) {
      start = i + 3;
      sure = true;
    } else if (p.is(i, "chez", "côté") || (p.is(i, "de") && p.is(i + 1, "source", "sources"))) {
      start = i + 1;
      sure = true;
    } else if (p.is(i, "au") && p.is(i + 1, "sein") && p.is(i + 2, "de", "d'", "du", "des")) {
      start = i + 3;
      sure = true;
    } else if (p.in("site", i)) {
      start = i + 1;
    }
    if (start < 0 || start >= p.size() || p.in("time", start) || p.in("time", start + 1)) {
      return null;
    }
    int end = p.phraseEnd(start);
    Mention mention = p.mention(start, end);
    if (mention == null || mention.kind() == Mention.Kind.PRONOUN) {
      return null;
    }
    boolean person = mention.kind() == Mention.Kind.NAME && mention.gender() != 0;
    boolean body =
        mention.kind() == Mention.Kind.NAME
            ? !person && (p.isAcronym(start) || p.lexicon.in("seat", mention.head()))
            : ("group".equals(p.lexicon.source(mention.head()))
                    && !p.lexicon.in("settlement", mention.head()))
                || p.in("circle", start)
                || p.lexicon.in("circle", mention.head())
                || (p.in("determiner", start) && p.isName(start + 1));
    if (!sure && !body) {
      return null;
    }
    TextSpan span = new TextSpan(p.at(start).start(), p.at(end - 1).end());
    boolean part = mention.kind() == Mention.Kind.NAME && mention.span().end() < span.end();
    return new Body(
        part
            ? new Mention(
                span,
                span.of(p.text()),
                Mention.Kind.DESCRIPTION,
                mention.head(),
                (char) 0,
                false,
                true)
            : mention,
        end);
  }
}
