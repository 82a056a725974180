package dev.verso.wordalign;

import dev.verso.decoding.ForcedDecoding;
import dev.verso.language.TokenizedSentence;
import dev.verso.model.Attention;
import dev.verso.model.Encoding;
import dev.verso.model.Forced;
import dev.verso.model.TranslationModel;
import java.util.List;

/**
 * The attention of a translation model that is made to write a given target, read one step late
 * (Chen et al. 2020): the guided head of our own networks, the middle layer of others.
 *
 * <p>One pass of the network for each pair. What is longer than the network reads is cut off and
 * has no attention. Thread-safe; the model stays the caller's.
 */
public final class ForcedAttention implements AttentionSource {

  /** Units of a sentence that are encoded: many times what the network reads. */
  private static final int LONGEST_READ = 10_000;

  private final TranslationModel model;
  private final ForcedDecoding decoding;

  /**
   * @throws IllegalArgumentException if the model's export does not return attention
   */
  public ForcedAttention(TranslationModel model) {
    if (!model.network().attends()) {
      throw new IllegalArgumentException(
          model.manifest().id() + " does not report attention: its export lacks the outputs");
    }
    this.model = model;
    this.decoding = new ForcedDecoding(model.network());
  }

  @Override
  public double[][] attention(TokenizedSentence source, TokenizedSentence target) {
    Encoding from = model.sourceTokenizer().encode(beginning(source.text()));
    Encoding to = model.targetTokenizer().encode(beginning(target.text()));
    int limit = model.network().maxPositions() - 1;
    Forced forced =
        decoding
            .score(
                List.of(from.ids().subList(0, Math.min(limit, from.size()))),
                List.of(to.ids().subList(0, Math.min(limit, to.size()))))
            .get(0);
    Attention attention = forced.attention().onTime(model.network().attentionShift());
    return AttentionLinks.ofWords(
        attention.head(to.size()), from.spans(), to.spans(), source.words(), target.words());
  }

  private static String beginning(String text) {
    return text.length() <= LONGEST_READ ? text : text.substring(0, LONGEST_READ);
  }
}
