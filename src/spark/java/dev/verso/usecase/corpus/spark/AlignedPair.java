package dev.verso.usecase.corpus.spark;

import dev.verso.corpus.pairing.DocumentPair;
import java.io.Serializable;

/**
 * A pair of documents with its pairs of sentences.
 *
 * @param number of the pair in this run
 * @param kind what the two are to each other
 * @param related what share of both texts is tied
 * @param sourceShare of the source that is in the target
 * @param targetShare of the target that is in the source
 * @param pairs how many pairs of sentences
 * @param json these as an array
 */
@SuppressWarnings("ArrayRecordComponent") // as large as it is, it is not copied
record AlignedPair(
    int number,
    DocumentPair.Kind kind,
    double related,
    double sourceShare,
    double targetShare,
    int pairs,
    byte[] json)
    implements Serializable {

  /** It without its sentences. */
  AlignedPair head() {
    return new AlignedPair(number, kind, related, sourceShare, targetShare, pairs, new byte[0]);
  }
}
