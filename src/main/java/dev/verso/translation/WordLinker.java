package dev.verso.translation;

import dev.verso.bitext.AlignmentLink;
import dev.verso.language.TokenizedSentence;
import dev.verso.language.WordTokenizer;
import dev.verso.text.Cancellation;
import dev.verso.text.TextSpan;
import dev.verso.wordalign.WordAligner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Links the words of segments to those of their translations. A pair that occurs more than once is
 * linked once; one that is too long for the aligner keeps the links read off the search, and says
 * so; one that the search saw no link in has none.
 *
 * <p>Thread-safe. One pass of the network for each different pair, on the decoder's threads.
 */
final class WordLinker {

  /** Sentences whose words are linked in one go. */
  private static final int LINKED_TOGETHER = 4;

  /** Words and marks from which on an address is one word for links. */
  private static final int LONG_ADDRESS = 20;

  private static final String TOO_LONG =
      "more than "
          + WordAligner.MOST_WORDS
          + " words: its word links are those of the parts it was translated in";

  private final WordAligner aligner;
  private final DecoderTurns turns;

  WordLinker(WordAligner aligner, DecoderTurns turns) {
    this.aligner = aligner;
    this.turns = turns;
  }

  private record Pair(String source, String target) {}

  /**
   * The translations with word links.
   *
   * @param sources the text of each
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  List<SegmentTranslation> linked(
      List<String> sources, List<SegmentTranslation> translations, Cancellation cancellation) {
    Map<Pair, Optional<List<AlignmentLink>>> links = new LinkedHashMap<>();
    for (int i = 0; i < sources.size(); i++) {
      if (!translations.get(i).links().isEmpty()) {
        links.put(new Pair(sources.get(i), translations.get(i).text()), Optional.empty());
      }
    }
    List<Pair> pairs = List.copyOf(links.keySet());
    List<Optional<List<AlignmentLink>>> found =
        new ArrayList<>(Collections.nCopies(pairs.size(), Optional.empty()));
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int at = 0; at < pairs.size(); at += LINKED_TOGETHER) {
      int from = at;
      tasks.add(
          () -> {
            for (int i = from; i < Math.min(pairs.size(), from + LINKED_TOGETHER); i++) {
              cancellation.check();
              found.set(i, links(pairs.get(i), cancellation));
            }
            return null;
          });
    }
    turns.runAll(tasks, cancellation);
    for (int i = 0; i < pairs.size(); i++) {
      links.put(pairs.get(i), found.get(i));
    }
    List<SegmentTranslation> linked = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      SegmentTranslation one = translations.get(i);
      if (one.links().isEmpty()) {
        linked.add(one);
        continue;
      }
      Optional<List<AlignmentLink>> own = links.get(new Pair(sources.get(i), one.text()));
      linked.add(own.map(one::withLinks).orElseGet(() -> one.withNote(TOO_LONG)));
    }
    return linked;
  }

  private Optional<List<AlignmentLink>> links(Pair pair, Cancellation cancellation) {
    TokenizedSentence french = words(WordTokenizer.FRENCH, pair.source());
    TokenizedSentence english = words(WordTokenizer.ENGLISH, pair.target());
    return WordAligner.isTooLong(french, english)
        ? Optional.empty()
        : Optional.of(aligner.align(french, english, cancellation));
  }

  /** The words of a sentence, each long address one of them, whatever it is made up of. */
  private static TokenizedSentence words(WordTokenizer tokenizer, String sentence) {
    TokenizedSentence words = tokenizer.tokenize(sentence);
    List<TextSpan> joined = new ArrayList<>();
    int next = 0;
    for (TextSpan address : ProtectedText.find(sentence)) {
      while (next < words.size() && words.words().get(next).start() < address.start()) {
        joined.add(words.words().get(next++));
      }
      int from = next;
      while (next < words.size() && words.words().get(next).end() <= address.end()) {
        next++;
      }
      boolean one = next - from > LONG_ADDRESS;
      joined.addAll(
          one
              ? List.of(words.words().get(from).union(words.words().get(next - 1)))
              : words.words().subList(from, next));
    }
    joined.addAll(words.words().subList(next, words.size()));
    return new TokenizedSentence(sentence, joined);
  }
}
