package dev.verso.decoding;

import dev.verso.model.NgramModel;

/**
 * Lets a search lean on a language model: of what the network finds about as likely, it prefers
 * what English text has.
 *
 * <p>A piece e after the pieces h adds λ ln p(e | h) to its hypothesis's rank, with λ = {@value
 * #WEIGHT} (shallow fusion, Gulcehre et al. 2015), but for those of required phrases. It is not
 * part of the probability.
 *
 * <p>Immutable and thread-safe.
 *
 * @param ngrams the language model, of the target language's pieces
 */
public record ShallowFusion(NgramModel ngrams) {

  /** λ: nats per nat, chosen among .05, .1, .15 and .2 (decision 17). */
  static final double WEIGHT = 0.1;

  /** What a piece adds, the end mark included, in nats: at most 0. */
  double of(NgramModel.Context context, int piece) {
    return WEIGHT * ngrams.logProbability(context, piece);
  }
}
