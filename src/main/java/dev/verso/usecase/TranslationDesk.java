package dev.verso.usecase;

import dev.verso.bitext.AlignmentLink;
import dev.verso.bitext.Bitext;
import dev.verso.bitext.BitextBlock;
import dev.verso.bitext.TranslationUnit;
import dev.verso.engine.ModelCatalogue;
import dev.verso.engine.VerifiedModels;
import dev.verso.language.TokenizedSentence;
import dev.verso.language.WordTokenizer;
import dev.verso.model.TranslationModel;
import dev.verso.text.Block;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.Documents;
import dev.verso.text.InputException;
import dev.verso.text.InputFormat;
import dev.verso.text.Language;
import dev.verso.text.LanguageIdentification;
import dev.verso.text.LanguageIdentification.Guess;
import dev.verso.text.ReadOptions;
import dev.verso.text.Segment;
import dev.verso.text.SentenceSegmenter;
import dev.verso.text.TextSpan;
import dev.verso.translation.Lane;
import dev.verso.translation.MarkedText;
import dev.verso.translation.MarkupProjection;
import dev.verso.translation.Progress;
import dev.verso.translation.ProtectedText;
import dev.verso.translation.SegmentTranslation;
import dev.verso.translation.TranslationOptions;
import dev.verso.translation.Translator;
import dev.verso.translation.TranslatorLoad;
import dev.verso.wordalign.CombinedAligner;
import dev.verso.wordalign.ForcedAttention;
import dev.verso.wordalign.WordAligner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Translates articles with one model: reads them, makes sure they are French, translates.
 *
 * <p>Thread-safe. Owns the model: close it.
 */
public final class TranslationDesk implements AutoCloseable {

  // Another language must be this many times likelier to be a reason to turn an article away.
  private static final double CERTAIN_ODDS = 3;

  /** Segments that a stream begins with, so that the reader sees something soon. */
  private static final int FIRST_TOGETHER = 2;

  /** Segments that a stream goes on with: two batches. */
  private static final int STREAMED_TOGETHER = 16;

  /** Sentences whose words are linked in one go. */
  private static final int LINKED_TOGETHER = 4;

  /** Words and marks from which on an address is one word for links. */
  private static final int LONG_ADDRESS = 20;

  private static final String TOO_LONG =
      "more than "
          + WordAligner.MOST_WORDS
          + " words: its word links are those of the parts it was translated in";

  private final TranslationModel model;
  private final Translator translator;

  private TranslationDesk(TranslationModel model, Translator translator) {
    this.model = model;
    this.translator = translator;
  }

  /**
   * Opens a desk.
   *
   * @param directory the model's directory
   * @param threads batches decoded side by side
   * @throws dev.verso.model.ModelException if the model can't be used
   */
  public static TranslationDesk open(Path directory, int threads) {
    return open(directory, threads, 0);
  }

  /**
   * Opens a desk that remembers what it decoded.
   *
   * @param directory the model's directory
   * @param threads batches decoded side by side
   * @param cacheBytes memory for what was decoded before; 0 for none
   * @throws dev.verso.model.ModelException if the model can't be used
   */
  public static TranslationDesk open(Path directory, int threads, long cacheBytes) {
    new VerifiedModels(ModelCatalogue.dataFolder()).require(directory);
    TranslationModel model = TranslationModel.load(directory);
    return new TranslationDesk(model, new Translator(model, threads, cacheBytes));
  }

  /** The same desk, its work put into another lane; to close either is to close both. */
  public TranslationDesk inLane(Lane lane) {
    return new TranslationDesk(model, translator.inLane(lane));
  }

  /** How busy it is. */
  public TranslatorLoad load() {
    return translator.load();
  }

  /** The word aligner, helped by the model's attention where it reports any. */
  public WordAligner wordAligner() {
    return attentive(CombinedAligner.shipped());
  }

  private WordAligner attentive(CombinedAligner lexical) {
    if (!model.network().attends()) {
      return lexical;
    }
    WordAligner attentive = lexical.withAttention(new ForcedAttention(model));
    return (source, target, cancellation) ->
        WordAligner.isTooLong(source, target)
            ? List.of()
            : translator.run(() -> attentive.align(source, target, cancellation), cancellation);
  }

  /** Runs a task that uses the network on the decoder's threads; see {@link Translator#run}. */
  public <T> T run(Callable<T> task, Cancellation cancellation) {
    return translator.run(task, cancellation);
  }

  /** The directory of the model that ships with Verso. */
  public static Path shippedModel() {
    return Path.of(System.getProperty("verso.home", ".")).resolve("models").resolve("fr-en");
  }

  /** The model in use. */
  public TranslationModel model() {
    return model;
  }

  /**
   * Reads a file.
   *
   * @throws InputException if there is no such file or it can't be read
   * @throws dev.verso.text.UnreadableInputException if it is no text
   */
  public static Document read(Path file, ReadOptions options) {
    return Documents.read(file.toString(), bytes(file), options);
  }

  /**
   * The bytes of a file.
   *
   * @throws InputException if there is no such file or it can't be read
   */
  public static byte[] bytes(Path file) {
    if (!Files.exists(file)) {
      throw new InputException("there is no file " + file);
    }
    if (Files.isDirectory(file)) {
      throw new InputException(file + " is a folder; name a file");
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new InputException("can't read " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Makes sure that a document is in the model's source language.
   *
   * @throws InputException if it is surely in another one
   */
  public void requireSourceLanguage(Document document) {
    String text =
        document.blocks().stream()
            .filter(Block::isContent)
            .flatMap(block -> block.segments().stream())
            .map(Segment::text)
            .collect(Collectors.joining(" "));
    requireSourceLanguage(document.name(), text);
  }

  /**
   * Makes sure that a text is in the model's source language.
   *
   * @param name what the user calls it
   * @throws InputException if it is surely in another one
   */
  public void requireSourceLanguage(String name, String text) {
    Optional<Guess> guess = LanguageIdentification.of(text);
    if (guess.isPresent() && guess.get().oddsAgainst(model.manifest().source()) >= CERTAIN_ODDS) {
      throw new InputException(
          name
              + " looks like "
              + guess.get().displayName()
              + ", and the model translates from French; with --force, or \"force\": true in a request,"
              + " it is translated all the same");
    }
  }

  /**
   * Translates a document; see {@link Translator#translate(Document, TranslationOptions, Progress,
   * Cancellation)}. Its word links are those of the word aligner, which weighs the model's
   * attention with a lexicon, where the model reports attention.
   */
  public Bitext translate(
      Document document, TranslationOptions options, Progress progress, Cancellation cancellation) {
    Bitext bitext = translator.translate(document, options, progress, cancellation);
    return model.network().attends() ? relinked(bitext, cancellation) : bitext;
  }

  /**
   * Translates plain texts together, so that short ones share batches; white space and line breaks
   * between sentences stay.
   */
  public List<String> translateTexts(
      List<String> texts,
      TranslationOptions options,
      Progress progress,
      Cancellation cancellation) {
    ReadOptions reading = ReadOptions.defaults().withFormat(InputFormat.TEXT);
    List<Document> documents =
        texts.stream().map(text -> Documents.read("text", text, reading, cancellation)).toList();
    List<List<String>> segments =
        documents.stream()
            .map(
                document ->
                    document.blocks().stream()
                        .flatMap(block -> block.segments().stream())
                        .map(Segment::text)
                        .toList())
            .toList();
    List<SegmentTranslation> renderings =
        translateLines(
            segments.stream().flatMap(List::stream).toList(), options, progress, cancellation);
    List<String> shaped = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < documents.size(); i++) {
      int end = next + segments.get(i).size();
      shaped.add(
          ShapedText.of(
              translator.assemble(
                  documents.get(i), options.withBoilerplate(), renderings.subList(next, end))));
      next = end;
    }
    return shaped;
  }

  private Bitext relinked(Bitext bitext, Cancellation cancellation) {
    WordAligner aligner = CombinedAligner.shipped().withAttention(new ForcedAttention(model));
    // A line that stands there a thousand times is linked once.
    Map<SentencePair, Optional<List<AlignmentLink>>> links = new LinkedHashMap<>();
    bitext
        .units()
        .filter(unit -> !unit.links().isEmpty())
        .forEach(unit -> links.put(SentencePair.of(unit), Optional.empty()));
    List<SentencePair> pairs = List.copyOf(links.keySet());
    List<Callable<Void>> tasks = new ArrayList<>();
    List<Optional<List<AlignmentLink>>> found =
        new ArrayList<>(Collections.nCopies(pairs.size(), Optional.empty()));
    for (int at = 0; at < pairs.size(); at += LINKED_TOGETHER) {
      int from = at;
      tasks.add(
          () -> {
            for (int i = from; i < Math.min(pairs.size(), from + LINKED_TOGETHER); i++) {
              cancellation.check();
              found.set(i, pairs.get(i).links(aligner, cancellation));
            }
            return null;
          });
    }
    translator.runAll(tasks, cancellation);
    for (int i = 0; i < pairs.size(); i++) {
      links.put(pairs.get(i), found.get(i));
    }
    List<BitextBlock> blocks = new ArrayList<>();
    for (BitextBlock block : bitext.blocks()) {
      List<TranslationUnit> units =
          block.units().stream()
              .map(
                  unit ->
                      unit.links().isEmpty()
                          ? unit
                          : relinked(unit, links.get(SentencePair.of(unit))))
              .toList();
      blocks.add(new BitextBlock(block.kind(), block.source(), units));
    }
    return new Bitext(bitext.source(), bitext.model(), blocks, bitext.targetText());
  }

  /**
   * Translates a document like {@link #translate}, telling of each segment as soon as it and those
   * before it are translated. The segments told of have no word links yet; the bitext has them.
   *
   * @param each told the segment and its rendering, in order, by the calling thread
   */
  public Bitext stream(
      Document document,
      TranslationOptions options,
      BiConsumer<Segment, SegmentTranslation> each,
      Cancellation cancellation) {
    List<Segment> segments =
        document.blocks().stream()
            .filter(block -> block.isContent() || options.boilerplate())
            .flatMap(block -> block.segments().stream())
            .toList();
    List<SegmentTranslation> renderings = new ArrayList<>();
    int together = FIRST_TOGETHER;
    for (int at = 0; at < segments.size(); ) {
      List<Segment> some = segments.subList(at, Math.min(segments.size(), at + together));
      List<SegmentTranslation> rendered =
          translateLines(
              some.stream().map(Segment::text).toList(), options, Progress.SILENT, cancellation);
      for (int i = 0; i < some.size(); i++) {
        each.accept(some.get(i), rendered.get(i));
      }
      renderings.addAll(rendered);
      at += some.size();
      together = STREAMED_TOGETHER;
    }
    Bitext bitext = translator.assemble(document, options, renderings);
    return model.network().attends() ? relinked(bitext, cancellation) : bitext;
  }

  private static TranslationUnit relinked(
      TranslationUnit unit, Optional<List<AlignmentLink>> links) {
    if (links.isEmpty()) {
      // Those of its parts were read off while it was decoded, at no further cost.
      return with(unit, unit.links(), TOO_LONG);
    }
    return with(
        unit,
        links.get().stream()
            .map(
                link ->
                    new AlignmentLink(
                        unit.source().toRaw(link.source()),
                        link.target().shift(unit.target().start()),
                        link.strength(),
                        link.probability()))
            .toList());
  }

  /** A sentence and its translation, wherever they stand. */
  private record SentencePair(String source, String target) {

    static SentencePair of(TranslationUnit unit) {
      return new SentencePair(unit.source().text(), unit.targetText());
    }

    /** Links between characters of the two, or nothing if they are too long for any. */
    Optional<List<AlignmentLink>> links(WordAligner aligner, Cancellation cancellation) {
      TokenizedSentence french = words(WordTokenizer.FRENCH, source);
      TokenizedSentence english = words(WordTokenizer.ENGLISH, target);
      return WordAligner.isTooLong(french, english)
          ? Optional.empty()
          : Optional.of(aligner.align(french, english, cancellation));
    }
  }

  private static TranslationUnit with(
      TranslationUnit unit, List<AlignmentLink> links, String... further) {
    List<String> notes = new ArrayList<>(unit.notes());
    notes.addAll(List.of(further));
    return new TranslationUnit(
        unit.source(),
        unit.target(),
        unit.targetText(),
        links,
        unit.score(),
        unit.quality(),
        notes);
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

  /** Translates lines one by one; an empty line stays empty. */
  public List<SegmentTranslation> translateLines(
      List<String> lines,
      TranslationOptions options,
      Progress progress,
      Cancellation cancellation) {
    return translator.translate(lines, options, progress, cancellation);
  }

  /**
   * Translates texts with inline markup, each of any number of sentences; the markup goes to the
   * words that translate those it stood at.
   *
   * @return one translation for each text, with all its marks
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public List<MarkedText> translateMarked(
      List<MarkedText> texts,
      TranslationOptions options,
      Progress progress,
      Cancellation cancellation) {
    List<List<TextSpan>> sentences =
        texts.stream().map(text -> sentences(text, cancellation)).toList();
    List<String> inputs = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      for (TextSpan sentence : sentences.get(i)) {
        inputs.add(sentence.of(texts.get(i).text()));
      }
    }
    List<SegmentTranslation> renderings = translateLines(inputs, options, progress, cancellation);
    // A mark needs a place even where its words are linked to none for sure.
    WordAligner aligner = attentive(CombinedAligner.shipped().competing());
    List<MarkedText> translated = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < texts.size(); i++) {
      cancellation.check();
      MarkedText text = texts.get(i);
      int count = sentences.get(i).size();
      translated.add(
          assembled(
              text,
              sentences.get(i),
              renderings.subList(next, next + count),
              aligner,
              cancellation));
      next += count;
    }
    return translated;
  }

  /** Sentences of a text; a break parts them too. */
  private static List<TextSpan> sentences(MarkedText text, Cancellation cancellation) {
    SentenceSegmenter segmenter = SentenceSegmenter.of(Language.FRENCH);
    List<TextSpan> sentences = new ArrayList<>();
    int from = 0;
    for (MarkedText.Mark mark : text.marks()) {
      if (mark.kind() == MarkedText.Kind.BREAK) {
        sentences.addAll(
            segmenter.segment(text.text(), new TextSpan(from, mark.position()), cancellation));
        from = mark.position();
      }
    }
    sentences.addAll(
        segmenter.segment(text.text(), new TextSpan(from, text.text().length()), cancellation));
    return sentences;
  }

  private static MarkedText assembled(
      MarkedText text,
      List<TextSpan> sentences,
      List<SegmentTranslation> renderings,
      WordAligner aligner,
      Cancellation cancellation) {
    StringBuilder target = new StringBuilder();
    List<AlignmentLink> links = new ArrayList<>();
    int at = 0;
    for (int k = 0; k < sentences.size(); k++) {
      cancellation.check();
      TextSpan sentence = sentences.get(k);
      target.append(text.text(), at, sentence.start());
      at = sentence.end();
      int start = target.length();
      String rendered = renderings.get(k).text();
      target.append(rendered);
      boolean marked =
          text.marks().stream()
              .anyMatch(m -> sentence.start() < m.position() && m.position() < sentence.end());
      TokenizedSentence french = WordTokenizer.FRENCH.tokenize(sentence.of(text.text()));
      TokenizedSentence english = WordTokenizer.ENGLISH.tokenize(rendered);
      if (marked && !WordAligner.isTooLong(french, english)) {
        for (AlignmentLink link : aligner.align(french, english, cancellation)) {
          links.add(
              new AlignmentLink(
                  link.source().shift(sentence.start()),
                  link.target().shift(start),
                  link.strength(),
                  link.probability()));
        }
      } else if (!text.marks().isEmpty() && !rendered.isEmpty()) {
        // Nothing stands inside, or it is too long: the sentence as a whole is link enough.
        links.add(
            new AlignmentLink(
                sentence, new TextSpan(start, target.length()), AlignmentLink.Strength.SURE, 1));
      }
    }
    target.append(text.text(), at, text.text().length());
    return MarkupProjection.project(text, target.toString(), links);
  }

  /** Reads given translations; see {@link Translator#read}. */
  public List<SegmentTranslation> readTranslations(
      List<String> sources, List<String> targets, Cancellation cancellation) {
    return translator.read(sources, targets, cancellation);
  }

  @Override
  public void close() {
    translator.close();
    model.close();
  }
}
