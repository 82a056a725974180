package dev.verso.translation;

import dev.verso.bitext.Bitext;
import dev.verso.decoding.LexicalSupport;
import dev.verso.decoding.ShallowFusion;
import dev.verso.decoding.Spelling;
import dev.verso.model.TranslationModel;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.Segment;
import dev.verso.wordalign.CombinedAligner;
import dev.verso.wordalign.ForcedAttention;
import dev.verso.wordalign.WordAligner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;

/**
 * Translates documents, keeping every segment tied to its source.
 *
 * <p>Each segment is cut into parts that the model reads at once ({@link Partition}); the parts of
 * all segments are batched by length and searched on the translator's own threads ({@link
 * SegmentDecoder}, {@link ConstrainedSearch}); what the model is known to get wrong is put right
 * ({@link Repairs}); words are linked ({@link WordLinker}) if the options ask for it; and the
 * segments are put together ({@link BitextAssembler}). The translation of a segment does not depend
 * on what else is translated with it.
 *
 * <p>Thread-safe: calls of several threads share the translator's threads and their batches, those
 * of the interactive {@link Lane} first. Close it when done; the model stays open.
 */
public final class Translator implements AutoCloseable {

  /** Longest part in pieces: the model learned from sentences of up to 100. */
  private static final int MAX_PIECES = 90;

  /** Segments that a stream begins with, so that the reader sees something soon. */
  private static final int FIRST_TOGETHER = 2;

  /** Segments that a stream goes on with: two batches. */
  private static final int STREAMED_TOGETHER = 16;

  private final TranslationModel model;
  private final Parts parts;
  private final DecoderTurns turns;
  private final SegmentDecoder decoder;
  private final TranslationScorer scorer;
  private final Optional<WordLinker> linker;

  /** What the lanes have in common. */
  private record Parts(
      Partition partition,
      ConstrainedSearch search,
      SegmentComposer composer,
      Optional<DecodedPartCache> cache,
      Optional<ForcedAttention> attention) {

    static Parts of(TranslationModel model, long cacheBytes) {
      Optional<Spelling> spelling =
          model
              .words()
              .map(
                  words ->
                      new Spelling(
                          words,
                          model.sourceTokenizer()::textOf,
                          model.targetTokenizer()::textOf,
                          model.sourceTokenizer()::byteOf,
                          model.targetTokenizer()::byteOf));
      Optional<LexicalSupport> support =
          model
              .lexicon()
              .map(
                  lexicon ->
                      new LexicalSupport(
                          lexicon,
                          model.sourceTokenizer()::textOf,
                          model.targetTokenizer()::textOf));
      Optional<Names> names = model.translatedWords().map(Names::new);
      ConstrainedSearch search =
          new ConstrainedSearch(
              model,
              spelling,
              support,
              model.ngrams().map(ShallowFusion::new),
              names,
              support.map(lexicon -> RareWords.shipped()));
      return new Parts(
          new Partition(
              model.sourceTokenizer(), Math.min(MAX_PIECES, model.network().maxPositions() - 1)),
          search,
          new SegmentComposer(
              search,
              spelling,
              new SegmentNotes(names),
              new QualityEstimate(model.manifest().quality())),
          cacheBytes > 0 ? Optional.of(new DecodedPartCache(cacheBytes)) : Optional.empty(),
          model.network().attends() ? Optional.of(new ForcedAttention(model)) : Optional.empty());
    }
  }

  /**
   * A translator of the interactive lane that remembers nothing between calls.
   *
   * @param model stays the caller's
   * @param threads how many batches are decoded side by side
   */
  public Translator(TranslationModel model, int threads) {
    this(model, threads, 0);
  }

  /**
   * @param model stays the caller's
   * @param threads how many batches are decoded side by side
   * @param cacheBytes memory, about, for what was decoded before; 0 for none
   */
  public Translator(TranslationModel model, int threads, long cacheBytes) {
    this(model, Parts.of(model, cacheBytes), threads);
  }

  private Translator(TranslationModel model, Parts parts, int threads) {
    this(
        model,
        parts,
        new DecoderTurns(new DecodingQueue<>(parts.search::search, threads), Lane.INTERACTIVE));
  }

  private Translator(TranslationModel model, Parts parts, DecoderTurns turns) {
    this.model = model;
    this.parts = parts;
    this.turns = turns;
    this.scorer = new TranslationScorer(model, turns);
    this.decoder =
        new SegmentDecoder(
            model, parts.partition, parts.search, parts.composer, scorer, turns, parts.cache);
    this.linker =
        parts.attention.map(
            attention -> new WordLinker(CombinedAligner.shipped().withAttention(attention), turns));
  }

  /** The same translator, its work put into another lane; to close either is to close both. */
  public Translator inLane(Lane lane) {
    return new Translator(model, parts, new DecoderTurns(turns.queue(), lane));
  }

  /**
   * A cancellation for work beside the decoder, on the caller's own thread: in the bulk lane it
   * stands still, between the steps of that work, about half of the time in which interactive
   * translations are decoded; in the interactive lane it is the one that is given.
   */
  public Cancellation givingWay(Cancellation cancellation) {
    return turns.lane() == Lane.BULK ? new GivingWay(cancellation, turns.queue()) : cancellation;
  }

  /**
   * Runs a task on one of the decoder's threads when it is its turn. For work on the network that
   * is no translation; a task must not wait for another.
   *
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public <T> T run(Callable<T> task, Cancellation cancellation) {
    return turns.runAll(List.of(task), cancellation).get(0);
  }

  /** How much was done and is waiting, in all lanes. */
  public TranslatorLoad load() {
    return new TranslatorLoad(
        turns.queue().waiting(Lane.INTERACTIVE),
        turns.queue().waiting(Lane.BULK),
        turns.queue().done().batches.get(),
        turns.queue().done().inputs.get(),
        turns.queue().done().tasks.get(),
        parts.cache.map(DecodedPartCache::hits).orElse(0L),
        parts.cache.map(DecodedPartCache::misses).orElse(0L));
  }

  /** Scores translations that somebody else made. */
  public TranslationScorer scorer() {
    return scorer;
  }

  /**
   * The word aligner: what ships with Verso, helped by the model's attention if it reports any; the
   * network's passes take their turns on the decoder's threads.
   */
  public WordAligner wordAligner() {
    return attentive(CombinedAligner.shipped());
  }

  /** An aligner, helped by the model's attention like {@link #wordAligner}. */
  public WordAligner attentive(CombinedAligner lexical) {
    if (parts.attention.isEmpty()) {
      return lexical;
    }
    WordAligner attentive = lexical.withAttention(parts.attention.get());
    return (source, target, cancellation) ->
        WordAligner.isTooLong(source, target)
            ? List.of()
            : run(() -> attentive.align(source, target, cancellation), cancellation);
  }

  /**
   * Translates a document.
   *
   * @return one unit for every segment; those of boilerplate are empty unless the options ask for
   *     it
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public Bitext translate(
      Document document, TranslationOptions options, Progress progress, Cancellation cancellation) {
    return translateAll(List.of(document), options, progress, cancellation).get(0);
  }

  /** Translates documents together, so that short ones share batches; like {@link #translate}. */
  public List<Bitext> translateAll(
      List<Document> documents,
      TranslationOptions options,
      Progress progress,
      Cancellation cancellation) {
    List<List<Segment>> wanted =
        documents.stream().map(document -> BitextAssembler.wanted(document, options)).toList();
    List<Segment> segments = wanted.stream().flatMap(List::stream).toList();
    List<SegmentTranslation> translations =
        linked(
            segments.stream().map(Segment::text).toList(),
            decoder.translate(
                segments.stream().map(SourceText::of).toList(), options, progress, cancellation),
            options,
            cancellation);
    List<Bitext> bitexts = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < documents.size(); i++) {
      int end = next + wanted.get(i).size();
      bitexts.add(
          BitextAssembler.assembled(
              model, documents.get(i), options, translations.subList(next, end)));
      next = end;
    }
    return bitexts;
  }

  /**
   * Translates a document like {@link #translate}, and reports each segment as soon as it and those
   * before it are translated. The segments reported have no word links yet; the bitext has them.
   *
   * @param each given the segment and its translation, in order, by the calling thread
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public Bitext stream(
      Document document,
      TranslationOptions options,
      BiConsumer<Segment, SegmentTranslation> each,
      Cancellation cancellation) {
    List<Segment> segments = BitextAssembler.wanted(document, options);
    List<SegmentTranslation> translations = new ArrayList<>();
    int together = FIRST_TOGETHER;
    for (int at = 0; at < segments.size(); ) {
      List<Segment> some = segments.subList(at, Math.min(segments.size(), at + together));
      List<SegmentTranslation> translated =
          decoder.translate(
              some.stream().map(SourceText::of).toList(), options, Progress.SILENT, cancellation);
      for (int i = 0; i < some.size(); i++) {
        each.accept(some.get(i), translated.get(i).withoutLinks());
      }
      translations.addAll(translated);
      at += some.size();
      together = STREAMED_TOGETHER;
    }
    List<String> texts = segments.stream().map(Segment::text).toList();
    return BitextAssembler.assembled(
        model, document, options, linked(texts, translations, options, cancellation));
  }

  /** A text in which words that were divided at the end of a line are whole again. */
  public String undivided(String text) {
    List<EditedText.Edit> edits =
        Respelling.divided(text, word -> model.sourceTokenizer().encode(word).size());
    return new EditedText(text, edits).text();
  }

  /**
   * Translates texts, each a sentence or so; an empty one stays empty. One that the options' memory
   * holds is given the translation it has there, and quality 1.
   *
   * @return one translation for each text
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public List<SegmentTranslation> translate(
      List<String> texts,
      TranslationOptions options,
      Progress progress,
      Cancellation cancellation) {
    return linked(
        texts,
        decoder.translate(
            texts.stream().map(SourceText::of).toList(), options, progress, cancellation),
        options,
        cancellation);
  }

  /**
   * Other translations that the search of {@link #translate(List, TranslationOptions, Progress,
   * Cancellation)} found, best first, each different from the one taken and losing no more of the
   * source.
   *
   * @param most how many of each text at most; a beam finds about as many as it is wide
   * @return for each text its others, often fewer than {@code most}
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public List<List<String>> others(
      List<String> texts, int most, TranslationOptions options, Cancellation cancellation) {
    return decoder.others(texts.stream().map(SourceText::of).toList(), most, options, cancellation);
  }

  private List<SegmentTranslation> linked(
      List<String> texts,
      List<SegmentTranslation> translations,
      TranslationOptions options,
      Cancellation cancellation) {
    if (options.links() == WordLinks.NONE) {
      return translations.stream().map(SegmentTranslation::withoutLinks).toList();
    }
    return linker.isPresent()
        ? linker.get().linked(texts, translations, cancellation)
        : translations;
  }

  @Override
  public void close() {
    turns.queue().close();
  }
}
