package dev.verso.translation;

import dev.verso.decoding.RequiredPhrase;
import dev.verso.model.TranslationModel;
import dev.verso.text.Cancellation;
import dev.verso.translation.DecodingQueue.Input;
import dev.verso.translation.Partition.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Translates segments: takes what the memory holds, reads capitals as ordinary text, cuts segments
 * into parts that the model reads at once, has each different part searched once (or takes it from
 * the cache), and has the parts composed.
 *
 * <p>Thread-safe. The links of a result are those read off the search's attention.
 */
final class SegmentDecoder {

  private final TranslationModel model;
  private final Partition partition;
  private final ConstrainedSearch search;
  private final SegmentComposer composer;
  private final TranslationScorer scorer;
  private final DecoderTurns turns;
  private final Optional<DecodedPartCache> cache;

  SegmentDecoder(
      TranslationModel model,
      Partition partition,
      ConstrainedSearch search,
      SegmentComposer composer,
      TranslationScorer scorer,
      DecoderTurns turns,
      Optional<DecodedPartCache> cache) {
    this.model = model;
    this.partition = partition;
    this.search = search;
    this.composer = composer;
    this.scorer = scorer;
    this.turns = turns;
    this.cache = cache;
  }

  /**
   * Translates texts, each a sentence or so; an empty one stays empty. One that the options' memory
   * holds is given the translation it has there, and quality 1.
   *
   * @return one translation for each text
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  List<SegmentTranslation> translate(
      List<SourceText> texts,
      TranslationOptions options,
      Progress progress,
      Cancellation cancellation) {
    cancellation.check();
    List<Optional<String>> known = texts.stream().map(text -> options.memory().find(text.text())).toList();
    if (known.stream().noneMatch(Optional::isPresent)) {
      return decoded(texts, options, progress, cancellation);
    }
    List<SourceText> open = new ArrayList<>();
    List<String> sources = new ArrayList<>();
    List<String> targets = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      if (known.get(i).isPresent()) {
        sources.add(texts.get(i).text());
        targets.add(known.get(i).get());
      } else {
        open.add(texts.get(i));
      }
    }
    Iterator<SegmentTranslation> decoded =
        decoded(open, options, progress, cancellation).iterator();
    Iterator<SegmentTranslation> remembered =
        scorer.score(sources, targets, cancellation).iterator();
    return known.stream()
        .map(one -> one.isPresent() ? remembered(remembered.next()) : decoded.next())
        .toList();
  }

  private static SegmentTranslation remembered(SegmentTranslation scored) {
    return new SegmentTranslation(
        scored.text(),
        scored.links(),
        Math.min(0, scored.score()),
        1,
        List.of(),
        List.of("taken from the translation memory"));
  }

  private List<SegmentTranslation> decoded(
      List<SourceText> texts,
      TranslationOptions options,
      Progress progress,
      Cancellation cancellation) {
    List<Capitals.Reading> readings =
        texts.stream()
            .map(
                text ->
                    Capitals.read(
                        text,
                        word -> {
                          cancellation.check();
                          return model.sourceTokenizer().encode(word).ids();
                        }))
            .toList();
    List<SourceText> read = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      read.add(texts.get(i).with(readings.get(i).text()));
    }
    List<SegmentTranslation> translations = decodedAsRead(read, options, progress, cancellation);
    List<SegmentTranslation> written = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      SegmentTranslation one = translations.get(i);
      written.add(one.with(readings.get(i).written(one.text(), one.links())));
    }
    return written;
  }

  private List<SegmentTranslation> decodedAsRead(
      List<SourceText> texts,
      TranslationOptions options,
      Progress progress,
      Cancellation cancellation) {
    List<List<Part>> parts = new ArrayList<>();
    for (SourceText text : texts) {
      parts.add(partition.parts(text, true, cancellation));
    }
    Map<String, DecodedPart> decoded =
        decode(inputs(parts), options, progress, cancellation, new LinkedHashMap<>());
    // What lost a placeholder is cut at its protected ranges and tried again.
    boolean again = false;
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).stream()
          .anyMatch(part -> part.translated() && !decoded.get(part.input()).keepsPlaceholders())) {
        parts.set(i, partition.parts(texts.get(i), false, cancellation));
        again = true;
      }
    }
    if (again) {
      decode(inputs(parts), options, Progress.SILENT, cancellation, decoded);
    }
    List<SegmentTranslation> translations = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      translations.add(
          composer.compose(texts.get(i).text(), parts.get(i), decoded, options.glossary(), cancellation));
    }
    return translations;
  }

  private static List<String> inputs(List<List<Part>> parts) {
    return parts.stream()
        .flatMap(List::stream)
        .filter(Part::translated)
        .map(Part::input)
        .distinct()
        .toList();
  }

  private Map<String, DecodedPart> decode(
      List<String> inputs,
      TranslationOptions options,
      Progress progress,
      Cancellation cancellation,
      Map<String, DecodedPart> decoded) {
    List<Input> open = new ArrayList<>();
    for (String input : inputs) {
      if (decoded.containsKey(input)) {
        continue;
      }
      List<RequiredPhrase> required = search.required(input, options.glossary(), cancellation);
      Optional<DecodedPart> known =
          cache.flatMap(parts -> parts.find(input, required, options.search()));
      if (known.isPresent()) {
        decoded.put(input, known.get());
      } else {
        open.add(new Input(input, model.sourceTokenizer().encode(input), required));
      }
    }
    long total = open.stream().mapToLong(Input::pieces).sum();
    AtomicLong done = new AtomicLong();
    Object turn = new Object();
    // The longest first, so that batches are alike in length and the last one is short.
    open.sort(Comparator.comparingInt(Input::pieces).reversed());
    List<CompletableFuture<DecodedPart>> results =
        turns.queue().addAll(open, options.search(), turns.lane(), cancellation).stream()
            .map(
                result ->
                    result.thenApply(
                        part -> {
                          synchronized (turn) {
                            progress.advanced(done.addAndGet(part.encoding().size()), total);
                          }
                          return part;
                        }))
            .toList();
    for (int i = 0; i < results.size(); i++) {
      DecodedPart part = DecoderTurns.await(results.get(i), cancellation);
      decoded.put(part.input(), part);
      List<RequiredPhrase> required = open.get(i).required();
      cache.ifPresent(parts -> parts.keep(part.input(), required, options.search(), part));
    }
    return decoded;
  }
}
