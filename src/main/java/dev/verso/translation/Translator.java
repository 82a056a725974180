package dev.verso.translation;

import dev.verso.bitext.AlignmentLink;
import dev.verso.bitext.Bitext;
import dev.verso.bitext.BitextBlock;
import dev.verso.bitext.TranslationUnit;
import dev.verso.decoding.BeamSearch;
import dev.verso.decoding.ForcedDecoding;
import dev.verso.decoding.Hypothesis;
import dev.verso.decoding.LexicalSupport;
import dev.verso.decoding.RequiredPhrase;
import dev.verso.decoding.SearchOptions;
import dev.verso.decoding.Spelling;
import dev.verso.model.Decoded;
import dev.verso.model.Encoding;
import dev.verso.model.Forced;
import dev.verso.model.TranslationModel;
import dev.verso.text.Block;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.Segment;
import dev.verso.text.TextSpan;
import dev.verso.translation.DecodingQueue.Input;
import dev.verso.translation.EditedText.Edit;
import dev.verso.translation.Numbers.Numeral;
import dev.verso.translation.Partition.Part;
import dev.verso.wordalign.AttentionLinks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Translates documents, keeping every segment tied to its source.
 *
 * <p>Each segment is cut into parts that the model reads at once (see {@link Partition}); the parts
 * of all segments are batched by length, identical ones once, and searched on the translator's own
 * threads, one for each core. Of a part's hypotheses the first that loses no number and no
 * placeholder is taken, or else the best. Where it lacks a glossary's term or one of the source's
 * {@link Names}, the part is searched again for a translation that holds it. Attention becomes word
 * links. A text in capitals is read in ordinary case and its translation put into capitals (see
 * {@link Capitals}). The translation of a segment does not depend on what else is translated with
 * it.
 *
 * <p>Thread-safe: calls of several threads share the translator's threads and their batches, those
 * of the interactive {@link Lane} first. Close it when done; the model stays open.
 */
public final class Translator implements AutoCloseable {

  /** Longest part in pieces: the model learned from sentences of up to 100. */
  private static final int MAX_PIECES = 90;

  /** Narrowest beam for a sentence with required phrases. */
  private static final int LEAST_BEAM_WITH_PHRASES = 8;

  /** Nats a piece that a required phrase may cost; beyond it, it is put in afterwards. */
  private static final double MOST_COST = 0.7;

  /** Units of a text that forced decoding encodes. */
  private static final int LONGEST_READ = 10_000;

  /** Pairs that are read in one call of the network. */
  private static final int READ_TOGETHER = 8;

  private final TranslationModel model;
  private final Partition partition;
  private final QualityEstimate qualityEstimate;
  private final Optional<Spelling> spelling;
  private final Optional<LexicalSupport> support;
  private final Optional<Names> names;
  private final Shared shared;
  private final Lane lane;

  /** What the lanes have in common. */
  private record Shared(DecodingQueue<Choice> queue, Optional<ChoiceCache> cache) {}

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
    this.model = model;
    this.partition =
        new Partition(
            model.sourceTokenizer(), Math.min(MAX_PIECES, model.network().maxPositions() - 1));
    this.qualityEstimate = new QualityEstimate(model.manifest().quality());
    this.spelling =
        model
            .words()
            .map(
                words ->
                    new Spelling(
                        words, model.sourceTokenizer()::textOf, model.targetTokenizer()::textOf));
    this.support =
        model
            .lexicon()
            .map(
                lexicon ->
                    new LexicalSupport(
                        lexicon, model.sourceTokenizer()::textOf, model.targetTokenizer()::textOf));
    this.names = model.translatedWords().map(Names::new);
    this.shared =
        new Shared(
            new DecodingQueue<>(this::search, threads),
            cacheBytes > 0 ? Optional.of(new ChoiceCache(cacheBytes)) : Optional.empty());
    this.lane = Lane.INTERACTIVE;
  }

  private Translator(Translator other, Lane lane) {
    this.model = other.model;
    this.partition = other.partition;
    this.qualityEstimate = other.qualityEstimate;
    this.spelling = other.spelling;
    this.support = other.support;
    this.names = other.names;
    this.shared = other.shared;
    this.lane = lane;
  }

  /** The same translator, its work put into another lane; to close either is to close both. */
  public Translator inLane(Lane newLane) {
    return new Translator(this, newLane);
  }

  /**
   * Runs a task on one of the decoder's threads when it is its turn. For work on the network that
   * is no translation; a task must not wait for another.
   *
   * @throws CancellationException if it was cancelled
   */
  public <T> T run(Callable<T> task, Cancellation cancellation) {
    return runAll(List.of(task), cancellation).get(0);
  }

  /** Runs tasks side by side like {@link #run}; results are in the tasks' order. */
  public <T> List<T> runAll(List<Callable<T>> tasks, Cancellation cancellation) {
    List<CompletableFuture<T>> results = shared.queue.callAll(tasks, lane, cancellation);
    return results.stream().map(result -> DecodingQueue.await(result, cancellation)).toList();
  }

  /** How much was done and is waiting, in all lanes. */
  public TranslatorLoad load() {
    return new TranslatorLoad(
        shared.queue.waiting(Lane.INTERACTIVE),
        shared.queue.waiting(Lane.BULK),
        shared.queue.batches(),
        shared.queue.batched(),
        shared.cache.map(ChoiceCache::hits).orElse(0L),
        shared.cache.map(ChoiceCache::misses).orElse(0L));
  }

  /**
   * Translates a document.
   *
   * @return one unit for every segment; those of boilerplate are empty unless the options ask for
   *     it
   * @throws CancellationException if it was cancelled
   */
  public Bitext translate(
      Document document, TranslationOptions options, Progress progress, Cancellation cancellation) {
    List<Block> wanted =
        document.blocks().stream()
            .filter(block -> block.isContent() || options.boilerplate())
            .toList();
    List<String> texts =
        wanted.stream().flatMap(block -> block.segments().stream()).map(Segment::text).toList();
    List<SegmentTranslation> renderings = translate(texts, options, progress, cancellation);
    return assemble(document, options, renderings);
  }

  /**
   * Puts the renderings of a document's segments together.
   *
   * @param renderings one for each segment that the options ask for, in order
   */
  public Bitext assemble(
      Document document, TranslationOptions options, List<SegmentTranslation> renderings) {
    StringBuilder target = new StringBuilder();
    List<BitextBlock> blocks = new ArrayList<>();
    int next = 0;
    for (Block block : document.blocks()) {
      boolean translated = block.isContent() || options.boilerplate();
      List<TranslationUnit> units = new ArrayList<>();
      Segment previous = null;
      if (translated && !target.isEmpty()) {
        target.append("\n\n");
      }
      for (Segment segment : block.segments()) {
        if (!translated) {
          TextSpan nothing = new TextSpan(target.length(), target.length());
          units.add(new TranslationUnit(segment, nothing, "", List.of(), 0, 0, List.of()));
          continue;
        }
        SegmentTranslation rendering = renderings.get(next++);
        if (previous != null) {
          target.append(separator(document, previous, segment));
        }
        int start = target.length();
        target.append(rendering.text());
        List<AlignmentLink> links =
            rendering.links().stream()
                .map(
                    link ->
                        new AlignmentLink(
                            segment.toRaw(link.source()),
                            link.target().shift(start),
                            link.strength(),
                            link.probability()))
                .toList();
        units.add(
            new TranslationUnit(
                segment,
                new TextSpan(start, target.length()),
                rendering.text(),
                links,
                rendering.score(),
                rendering.quality(),
                rendering.notes()));
        previous = segment;
      }
      blocks.add(new BitextBlock(block.kind(), block.span(), units));
    }
    return new Bitext(
        document,
        new Bitext.ModelReference(model.manifest().id(), model.sha256(), options.search().beam()),
        blocks,
        target.toString());
  }

  /** A line break that parts two sentences of plain text stays one. */
  private static String separator(Document document, Segment previous, Segment next) {
    if (!previous.map().isIdentity() || !next.map().isIdentity()) {
      return " ";
    }
    String gap = document.text().substring(previous.span().end(), next.span().start());
    return gap.indexOf('\n') >= 0 || gap.indexOf('\r') >= 0 ? "\n" : " ";
  }

  /**
   * Translates texts, each a sentence or so; an empty one stays empty. One that the options' memory
   * holds is given the translation it has there, word links by forced decoding, and quality 1.
   *
   * @return one rendering for each text
   * @throws CancellationException if it was cancelled
   */
  public List<SegmentTranslation> translate(
      List<String> texts,
      TranslationOptions options,
      Progress progress,
      Cancellation cancellation) {
    cancellation.check();
    List<Optional<String>> known = texts.stream().map(options.memory()::find).toList();
    if (known.stream().noneMatch(Optional::isPresent)) {
      return decoded(texts, options, progress, cancellation);
    }
    List<String> open = new ArrayList<>();
    List<String> sources = new ArrayList<>();
    List<String> targets = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      if (known.get(i).isPresent()) {
        sources.add(texts.get(i));
        targets.add(known.get(i).get());
      } else {
        open.add(texts.get(i));
      }
    }
    Iterator<SegmentTranslation> decoded =
        decoded(open, options, progress, cancellation).iterator();
    Iterator<SegmentTranslation> remembered = read(sources, targets, cancellation).iterator();
    return known.stream()
        .map(one -> one.isPresent() ? remembered(remembered.next()) : decoded.next())
        .toList();
  }

  private static SegmentTranslation remembered(SegmentTranslation read) {
    return new SegmentTranslation(
        read.text(),
        read.links(),
        Math.min(0, read.score()),
        1,
        List.of(),
        List.of("taken from the translation memory"));
  }

  private List<SegmentTranslation> decoded(
      List<String> texts,
      TranslationOptions options,
      Progress progress,
      Cancellation cancellation) {
    List<Optional<String>> inCapitals =
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
    List<String> read = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      read.add(inCapitals.get(i).orElse(texts.get(i)));
    }
    List<SegmentTranslation> renderings = decodedAsRead(read, options, progress, cancellation);
    List<SegmentTranslation> written = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      SegmentTranslation one = renderings.get(i);
      written.add(inCapitals.get(i).isPresent() ? one.with(Capitals.written(one.text())) : one);
    }
    return written;
  }

  private List<SegmentTranslation> decodedAsRead(
      List<String> texts,
      TranslationOptions options,
      Progress progress,
      Cancellation cancellation) {
    List<List<Part>> parts = new ArrayList<>();
    for (String text : texts) {
      parts.add(partition.parts(text, true, cancellation));
    }
    Map<String, Choice> choices =
        decode(inputs(parts), options, progress, cancellation, new LinkedHashMap<>());
    // What lost a placeholder is cut at its protected ranges and tried again.
    boolean again = false;
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).stream()
          .anyMatch(part -> part.translated() && !choices.get(part.input()).keepsPlaceholders())) {
        parts.set(i, partition.parts(texts.get(i), false, cancellation));
        again = true;
      }
    }
    if (again) {
      decode(inputs(parts), options, Progress.SILENT, cancellation, choices);
    }
    List<SegmentTranslation> renderings = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      renderings.add(
          compose(texts.get(i), parts.get(i), choices, options.glossary(), cancellation));
    }
    return renderings;
  }

  /**
   * Reads given translations as if they were the model's own: links and probability by forced
   * decoding, nothing is searched. What is longer than the model reads is cut off.
   *
   * @param sources a sentence or so each
   * @param targets the translation of each
   * @return one rendering for each pair, its text the given one, its quality the probability per
   *     piece
   * @throws IllegalArgumentException if the lists differ in size
   * @throws CancellationException if it was cancelled
   */
  public List<SegmentTranslation> read(
      List<String> sources, List<String> targets, Cancellation cancellation) {
    if (sources.size() != targets.size()) {
      throw new IllegalArgumentException(
          sources.size() + " sources and " + targets.size() + " targets");
    }
    List<Encoding> from = new ArrayList<>();
    List<Encoding> to = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      cancellation.check();
      from.add(model.sourceTokenizer().encode(beginning(sources.get(i))));
      to.add(model.targetTokenizer().encode(beginning(targets.get(i))));
    }
    int limit = model.network().maxPositions() - 1;
    ForcedDecoding forced = new ForcedDecoding(model.network());
    int shift = model.network().attentionShift();
    List<Callable<List<SegmentTranslation>>> batches = new ArrayList<>();
    for (int at = 0; at < sources.size(); at += READ_TOGETHER) {
      int start = at;
      int end = Math.min(sources.size(), at + READ_TOGETHER);
      batches.add(
          () -> {
            cancellation.check();
            List<Forced> batch =
                forced.score(
                    from.subList(start, end).stream().map(e -> head(e.ids(), limit)).toList(),
                    to.subList(start, end).stream().map(e -> head(e.ids(), limit)).toList());
            List<SegmentTranslation> read = new ArrayList<>();
            for (int i = start; i < end; i++) {
              Forced one = batch.get(i - start);
              List<AlignmentLink> links =
                  one.attends()
                      ? AttentionLinks.read(
                          attention(one, to.get(i).size(), shift),
                          from.get(i).spans(),
                          to.get(i).spans(),
                          sources.get(i),
                          targets.get(i))
                      : List.of();
              double perPiece = one.logProbability() / one.length();
              read.add(
                  new SegmentTranslation(
                      targets.get(i), links, perPiece, Math.exp(perPiece), List.of(), List.of()));
            }
            return read;
          });
    }
    return runAll(batches, cancellation).stream().flatMap(List::stream).toList();
  }

  /**
   * How likely the model finds given translations: forced decoding, nothing is searched. What is
   * longer than the model reads is cut off.
   *
   * @param sources the source of each
   * @param targets translations
   * @throws IllegalArgumentException if the lists differ in size
   * @throws CancellationException if it was cancelled
   */
  public List<Likelihood> likelihoods(
      List<String> sources, List<String> targets, Cancellation cancellation) {
    if (sources.size() != targets.size()) {
      throw new IllegalArgumentException(
          sources.size() + " sources and " + targets.size() + " targets");
    }
    int limit = model.network().maxPositions() - 1;
    ForcedDecoding forced = new ForcedDecoding(model.network());
    Map<String, List<Integer>> read = new LinkedHashMap<>();
    for (int i = 0; i < sources.size(); i++) {
      read.computeIfAbsent(sources.get(i), x -> new ArrayList<>()).add(i);
    }
    Likelihood[] found = new Likelihood[targets.size()];
    // A source read by several targets is encoded once.
    read.forEach(
        (source, indices) -> {
          cancellation.check();
          List<Encoding> to =
              indices.stream()
                  .map(i -> model.targetTokenizer().encode(beginning(targets.get(i))))
                  .toList();
          List<Forced> scored =
              forced.score(
                  head(model.sourceTokenizer().encode(beginning(source)).ids(), limit),
                  to.stream().map(e -> head(e.ids(), limit)).toList(),
                  2 * READ_TOGETHER);
          for (int k = 0; k < indices.size(); k++) {
            Forced one = scored.get(k);
            List<Double> pieces = new ArrayList<>();
            for (int t = 0; t < one.length() - 1; t++) {
              pieces.add(one.logProbability(t));
            }
            found[indices.get(k)] =
                new Likelihood(
                    targets.get(indices.get(k)),
                    to.get(k).spans().subList(0, pieces.size()),
                    pieces,
                    one.logProbability(one.length() - 1));
          }
        });
    return List.of(found);
  }

  /** As much of a text as can matter to a model that reads a few hundred pieces. */
  private static String beginning(String text) {
    return text.length() <= LONGEST_READ ? text : text.substring(0, LONGEST_READ);
  }

  private static <T> List<T> head(List<T> list, int most) {
    return list.size() <= most ? list : list.subList(0, most);
  }

  private static List<List<Float>> attention(Forced forced, int pieces, int shift) {
    List<List<Float>> attention = new ArrayList<>();
    for (int t = 0; t < Math.min(pieces, forced.length()); t++) {
      float[] row = forced.attention(Math.min(t + shift, forced.length() - 1));
      List<Float> boxed = new ArrayList<>(row.length);
      for (float value : row) {
        boxed.add(value);
      }
      attention.add(boxed);
    }
    return attention;
  }

  private static List<String> inputs(List<List<Part>> parts) {
    return parts.stream()
        .flatMap(List::stream)
        .filter(Part::translated)
        .map(Part::input)
        .distinct()
        .toList();
  }

  /** What was chosen for an input. */
  record Choice(
      String input,
      Encoding encoding,
      Hypothesis hypothesis,
      Decoded decoded,
      List<Hypothesis> found) {

    boolean keepsPlaceholders() {
      return placeholders(input).equals(placeholders(decoded.text()));
    }

    private static List<Integer> placeholders(String text) {
      return text.chars().filter(c -> c >= 0xE000 && c <= 0xF8FF).sorted().boxed().toList();
    }

    /**
     * How much of the input is known to be lost: numbers, quotation marks, and placeholders above
     * all.
     */
    int losses() {
      List<Numeral> source = Numbers.in(input);
      List<Numeral> target = Numbers.in(decoded.text());
      return (keepsPlaceholders() ? 0 : 1000)
          + Numbers.missing(source, target).size()
          + Math.abs(quotationMarks(input) - quotationMarks(decoded.text()));
    }

    /** Whether each phrase stands in the translation, as words of their own. */
    boolean holds(List<RequiredPhrase> phrases, TranslationModel model) {
      return phrases.stream()
          .allMatch(
              phrase ->
                  phrase.forms().stream()
                      .map(form -> model.targetTokenizer().decode(form).text())
                      .anyMatch(form -> Glossary.holds(decoded.text(), form)));
    }

    private static int quotationMarks(String text) {
      return (int) text.chars().filter(c -> "«»“”\"".indexOf(c) >= 0).count();
    }
  }

  private Map<String, Choice> decode(
      List<String> inputs,
      TranslationOptions options,
      Progress progress,
      Cancellation cancellation,
      Map<String, Choice> choices) {
    List<Input> open = new ArrayList<>();
    for (String input : inputs) {
      if (choices.containsKey(input)) {
        continue;
      }
      List<RequiredPhrase> required = required(input, options.glossary(), cancellation);
      Optional<Choice> known =
          shared.cache.flatMap(cache -> cache.find(input, required, options.search()));
      if (known.isPresent()) {
        choices.put(input, known.get());
      } else {
        open.add(new Input(input, model.sourceTokenizer().encode(input), required));
      }
    }
    long total = open.stream().mapToLong(Input::pieces).sum();
    AtomicLong done = new AtomicLong();
    Object turn = new Object();
    // The longest first, so that batches are alike in length and the last one is short.
    open.sort(Comparator.comparingInt(Input::pieces).reversed());
    List<CompletableFuture<Choice>> results =
        shared.queue.addAll(open, options.search(), lane, cancellation).stream()
            .map(
                result ->
                    result.thenApply(
                        choice -> {
                          synchronized (turn) {
                            progress.advanced(done.addAndGet(choice.encoding.size()), total);
                          }
                          return choice;
                        }))
            .toList();
    for (int i = 0; i < results.size(); i++) {
      Choice choice = DecodingQueue.await(results.get(i), cancellation);
      choices.put(choice.input, choice);
      List<RequiredPhrase> required = open.get(i).required();
      shared.cache.ifPresent(cache -> cache.keep(choice.input, required, options.search(), choice));
    }
    return choices;
  }

  /** What a glossary wants in the translation of a text. */
  private List<RequiredPhrase> required(
      String input, Glossary glossary, Cancellation cancellation) {
    if (glossary.isEmpty()) {
      return List.of();
    }
    List<TextSpan> pieces = model.sourceTokenizer().encode(input).spans();
    return glossary.find(input, cancellation).stream()
        .map(occurrence -> phrase(pieces, occurrence.span(), Glossary.forms(occurrence)))
        .toList();
  }

  /** What is to stand for the source's pieces in a span. */
  private RequiredPhrase phrase(List<TextSpan> pieces, TextSpan span, List<String> forms) {
    int from = 0;
    while (from < pieces.size() && pieces.get(from).end() <= span.start()) {
      from++;
    }
    int to = from;
    while (to < pieces.size() && pieces.get(to).start() < span.end()) {
      to++;
    }
    return new RequiredPhrase(
        forms.stream().map(form -> model.targetTokenizer().encode(form).ids()).toList(), from, to);
  }

  /** The names that a choice lacks, but for those that a phrase translates. */
  private List<RequiredPhrase> lostNames(Choice choice, List<RequiredPhrase> phrases) {
    List<RequiredPhrase> lost = new ArrayList<>();
    for (TextSpan name :
        names.map(n -> n.lost(choice.input, choice.decoded.text())).orElse(List.of())) {
      RequiredPhrase one = phrase(choice.encoding.spans(), name, List.of(name.of(choice.input)));
      if (phrases.stream().noneMatch(p -> p.from() < one.to() && one.from() < p.to())) {
        lost.add(one);
      }
    }
    return lost;
  }

  private List<Choice> search(List<Input> batch, SearchOptions options, Cancellation cancellation) {
    List<List<RequiredPhrase>> nothing = Collections.nCopies(batch.size(), List.of());
    List<Choice> chosen = new ArrayList<>(choose(batch, nothing, options, cancellation));
    // Most terms and names come by themselves; only where one did not, it is asked for.
    List<List<RequiredPhrase>> terms = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      List<RequiredPhrase> required = batch.get(i).required();
      terms.add(chosen.get(i).holds(required, model) ? List.of() : required);
    }
    again(batch, terms, chosen, options, cancellation);
    List<List<RequiredPhrase>> withNames = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      List<RequiredPhrase> required = batch.get(i).required();
      List<RequiredPhrase> lost = lostNames(chosen.get(i), required);
      List<RequiredPhrase> wanted = new ArrayList<>(lost);
      if (!lost.isEmpty() && chosen.get(i).holds(required, model)) {
        wanted.addAll(required);
      }
      withNames.add(wanted);
    }
    again(batch, withNames, chosen, options, cancellation);
    return chosen;
  }

  /** Searches for what holds the phrases, where there are any, and takes it at a bearable cost. */
  private void again(
      List<Input> batch,
      List<List<RequiredPhrase>> phrases,
      List<Choice> chosen,
      SearchOptions options,
      Cancellation cancellation) {
    List<Integer> lacking =
        IntStream.range(0, batch.size()).filter(i -> !phrases.get(i).isEmpty()).boxed().toList();
    if (lacking.isEmpty()) {
      return;
    }
    // Required phrases share the beam's places, and each wants some.
    SearchOptions wide =
        new SearchOptions(
            Math.max(options.beam(), LEAST_BEAM_WITH_PHRASES),
            options.lengthPenalty(),
            options.maxLengthFactor(),
            options.maxLengthConstant());
    List<Choice> held =
        choose(
            lacking.stream().map(batch::get).toList(),
            lacking.stream().map(phrases::get).toList(),
            wide,
            cancellation);
    for (int i = 0; i < lacking.size(); i++) {
      int at = lacking.get(i);
      Choice with = held.get(i);
      double cost = chosen.get(at).hypothesis.scorePerPiece() - with.hypothesis.scorePerPiece();
      if (with.hypothesis.outcome() == Hypothesis.Outcome.COMPLETE
          && cost <= MOST_COST
          && with.holds(phrases.get(at), model)) {
        chosen.set(at, with);
      }
    }
  }

  private List<Choice> choose(
      List<Input> batch,
      List<List<RequiredPhrase>> phrases,
      SearchOptions options,
      Cancellation cancellation) {
    List<List<Integer>> sources = batch.stream().map(input -> input.encoding().ids()).toList();
    List<List<Hypothesis>> found =
        new BeamSearch(model.network(), options, spelling, support)
            .search(sources, phrases, cancellation);
    int shift = model.network().attentionShift();
    List<Choice> chosen = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      Input input = batch.get(i);
      Choice best = null;
      int least = Integer.MAX_VALUE;
      for (Hypothesis hypothesis : found.get(i)) {
        Choice choice =
            new Choice(
                input.text(),
                input.encoding(),
                hypothesis,
                model.targetTokenizer().decode(hypothesis.ids()),
                found.get(i));
        int losses = choice.losses() + (choice.holds(phrases.get(i), model) ? 0 : 100);
        if (losses < least) {
          best = choice;
          least = losses;
        }
      }
      chosen.add(onTime(best, shift));
    }
    return chosen;
  }

  /**
   * Moves late attention to the pieces it belongs to; the row of the end mark is that of the last.
   */
  private Choice onTime(Choice choice, int shift) {
    Hypothesis found = choice.hypothesis;
    List<List<Float>> late = found.attention();
    if (shift == 0 || late.isEmpty()) {
      return choice;
    }
    List<List<Float>> attention =
        new ArrayList<>(late.subList(Math.min(shift, late.size()), late.size()));
    // What was cut off has no step behind its last piece.
    while (attention.size() < late.size()) {
      attention.add(late.get(late.size() - 1));
    }
    return new Choice(
        choice.input,
        choice.encoding,
        new Hypothesis(found.ids(), found.logProbabilities(), attention, found.outcome()),
        choice.decoded,
        choice.found);
  }

  /** Puts the parts of a text together. */
  private SegmentTranslation compose(
      String text,
      List<Part> parts,
      Map<String, Choice> choices,
      Glossary glossary,
      Cancellation cancellation) {
    StringBuilder target = new StringBuilder();
    List<AlignmentLink> links = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    List<Hypothesis> hypotheses = new ArrayList<>();
    List<QualityEstimate.Searched> searched = new ArrayList<>();
    Set<String> invented = new LinkedHashSet<>();
    int end = 0;
    for (int i = 0; i < parts.size(); i++) {
      cancellation.check();
      Part part = parts.get(i);
      if (i > 0 && part.span().start() > end && !target.isEmpty()) {
        target.append(' ');
      }
      end = part.span().end();
      int start = target.length();
      if (!part.translated()) {
        target.append(part.input());
        continue;
      }
      Choice choice = choices.get(part.input());
      List<AlignmentLink> own =
          AttentionLinks.read(
              choice.hypothesis.attention(),
              choice.encoding.spans(),
              choice.decoded.spans(),
              part.input(),
              choice.decoded.text());
      List<Edit> terms =
          new ArrayList<>(terms(part.input(), choice.decoded.text(), own, glossary, cancellation));
      terms.addAll(QuotationMarkRepair.missing(part.input(), choice.decoded.text(), own));
      EditedText edited =
          new EditedText(
              choice.decoded.text(), together(terms, edits(text, part, choice, i, parts)));
      target.append(edited.text());
      for (AlignmentLink link : own) {
        TextSpan to = edited.map(link.target()).shift(start);
        if (!to.isEmpty()) {
          links.add(
              new AlignmentLink(
                  part.toSegment(link.source()), to, link.strength(), link.probability()));
        }
      }
      List<String> unknown =
          spelling
              .map(
                  words ->
                      words.invented(
                          choice.encoding.ids(),
                          required(part.input(), glossary, cancellation),
                          choice.decoded.text()))
              .orElse(List.of());
      invented.addAll(unknown);
      hypotheses.add(choice.hypothesis);
      searched.add(
          new QualityEstimate.Searched(
              part.input(),
              choice.encoding.ids(),
              choice.decoded.text(),
              choice.hypothesis,
              unknown.size(),
              choice.found));
      if (choice.hypothesis.outcome() == Hypothesis.Outcome.LOOP) {
        notes.add("the model began to repeat itself; the repetition was cut off");
      } else if (choice.hypothesis.outcome() == Hypothesis.Outcome.TRUNCATED) {
        notes.add("the translation reached its length limit and may be incomplete");
      }
    }
    List<Numeral> lost = Numbers.missing(Numbers.in(text), Numbers.in(target.toString()));
    if (!lost.isEmpty()) {
      notes.add(
          "not found in the translation: "
              + String.join(", ", lost.stream().map(n -> n.span().of(text)).toList()));
    }
    List<Glossary.Occurrence> occurrences = glossary.find(text, cancellation);
    List<TextSpan> terms = occurrences.stream().map(Glossary.Occurrence::span).toList();
    cancellation.check();
    List<String> lostNames =
        names.map(n -> n.lost(text, target.toString(), cancellation)).orElse(List.of()).stream()
            .filter(name -> terms.stream().noneMatch(name::overlaps))
            .map(name -> name.of(text))
            .distinct()
            .toList();
    if (!lostNames.isEmpty()) {
      notes.add("name not found in the translation: " + String.join(", ", lostNames));
    }
    if (!invented.isEmpty()) {
      notes.add("not a known English word: " + String.join(", ", invented));
    }
    for (Glossary.Term term : Glossary.missing(occurrences, target.toString())) {
      notes.add(
          "the glossary's '" + term.target() + "' for '" + term.source() + "' found no place");
    }
    if (hypotheses.isEmpty()) {
      return new SegmentTranslation(target.toString(), links, 0, 1, List.of(), notes);
    }
    int pieces = hypotheses.stream().mapToInt(h -> h.logProbabilities().size()).sum();
    double score = hypotheses.stream().mapToDouble(Hypothesis::score).sum();
    List<Double> signals = QualityEstimate.signals(searched, lost.size());
    return new SegmentTranslation(
        target.toString(),
        links,
        Math.min(0, score / Math.max(1, pieces)),
        qualityEstimate.of(signals),
        signals,
        notes);
  }

  /** Terms that the search found no place for take that of the words linked to them. */
  private static List<Edit> terms(
      String input,
      String translation,
      List<AlignmentLink> links,
      Glossary glossary,
      Cancellation cancellation) {
    List<Edit> edits = new ArrayList<>();
    for (Glossary.Occurrence occurrence : glossary.find(input, cancellation)) {
      List<String> forms = Glossary.forms(occurrence);
      if (forms.stream().anyMatch(form -> Glossary.holds(translation, form))) {
        continue;
      }
      TextSpan span = occurrence.span();
      MarkedText marked =
          new MarkedText(
              input,
              List.of(
                  new MarkedText.Mark(MarkedText.Kind.OPEN, 0, span.start()),
                  new MarkedText.Mark(MarkedText.Kind.CLOSE, 0, span.end())));
      MarkedText placed = MarkupProjection.project(marked, translation, links);
      TextSpan place =
          new TextSpan(placed.marks().get(0).position(), placed.marks().get(1).position());
      if (!place.isEmpty()
          && placed.text().equals(translation)
          && edits.stream().noneMatch(edit -> edit.span().overlaps(place))) {
        edits.add(new Edit(place, forms.get(0)));
      }
    }
    return edits;
  }

  /** The first edits, and those of the others that leave them alone, by place. */
  private static List<Edit> together(List<Edit> first, List<Edit> others) {
    List<Edit> all = new ArrayList<>(first);
    for (Edit edit : others) {
      if (first.stream().noneMatch(one -> one.span().overlaps(edit.span()))) {
        all.add(edit);
      }
    }
    all.sort(Comparator.comparingInt(edit -> edit.span().start()));
    return all;
  }

  /** What is put right in the model's own words. */
  private static List<Edit> edits(
      String text, Part part, Choice choice, int index, List<Part> parts) {
    String raw = choice.decoded.text();
    List<Edit> edits = new ArrayList<>();
    for (int i = 0; i < raw.length(); i++) {
      int placeholder = raw.charAt(i) - dev.verso.model.Tokenizer.FIRST_PLACEHOLDER;
      if (placeholder >= 0 && placeholder < 0x1900) {
        String original =
            placeholder < part.shielded().size() ? part.shielded().get(placeholder).of(text) : "";
        edits.add(new Edit(new TextSpan(i, i + 1), original));
      }
    }
    for (int i = 0; i < raw.length(); i++) {
      // Guillemets are not English; neither is the space inside them.
      if (raw.charAt(i) == '«') {
        boolean spaced = i + 1 < raw.length() && raw.charAt(i + 1) == ' ';
        edits.add(new Edit(new TextSpan(i, spaced ? i + 2 : i + 1), "\""));
      } else if (raw.charAt(i) == '»') {
        boolean spaced = i > 0 && raw.charAt(i - 1) == ' ' && (i < 2 || raw.charAt(i - 2) != '«');
        edits.add(new Edit(new TextSpan(spaced ? i - 1 : i, i + 1), "\""));
      }
    }
    List<Numeral> source = Numbers.in(part.input());
    List<Numeral> target = Numbers.in(raw);
    List<Numeral> lost = Numbers.missing(source, target);
    List<Numeral> invented = Numbers.missing(target, source);
    if (lost.size() == 1 && invented.size() == 1) {
      // One number became another: the source has the right one.
      edits.add(new Edit(invented.get(0).span(), inEnglish(lost.get(0).span().of(part.input()))));
    }
    // A cut inside a sentence invites a full stop.
    if (index + 1 < parts.size() && raw.endsWith(".") && !part.input().endsWith(".")) {
      edits.add(new Edit(new TextSpan(raw.length() - 1, raw.length()), ""));
    }
    return edits;
  }

  /** A French number in English style: {@code 1 234,5} is {@code 1,234.5}. */
  static String inEnglish(String french) {
    StringBuilder out = new StringBuilder();
    boolean decimals = french.chars().filter(c -> c == ',').count() == 1;
    for (int i = 0; i < french.length(); i++) {
      char c = french.charAt(i);
      if (c >= '0' && c <= '9') {
        out.append(c);
      } else if (c == ',') {
        out.append(decimals ? '.' : ',');
      } else {
        boolean group = i + 3 < french.length() && french.length() - i > 3;
        out.append(c == '.' && !group ? '.' : ',');
      }
    }
    return out.toString();
  }

  @Override
  public void close() {
    shared.queue.close();
  }
}
