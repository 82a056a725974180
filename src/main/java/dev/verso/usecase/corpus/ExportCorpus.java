package dev.verso.usecase.corpus;

import dev.verso.corpus.CorpusPair;
import dev.verso.corpus.CorpusProgress;
import dev.verso.corpus.dedup.PairFingerprint;
import dev.verso.corpus.export.DocumentSplit;
import dev.verso.corpus.export.JsonPairWriter;
import dev.verso.corpus.export.MosesPairWriter;
import dev.verso.corpus.export.PairWriter;
import dev.verso.corpus.export.ParquetPairWriter;
import dev.verso.corpus.export.TmxPairWriter;
import dev.verso.corpus.export.TsvPairWriter;
import dev.verso.corpus.export.XliffPairWriter;
import dev.verso.text.Cancellation;
import dev.verso.text.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes a corpus in other formats, as a whole or as train, dev and test.
 *
 * <p>No document is in two of these; a pair of train whose texts are also in dev or test is left
 * out. Thread-safe.
 */
public final class ExportCorpus {

  /** What a corpus is written as. */
  public enum Format {
    /** Translation memory, TMX 1.4b. */
    TMX,
    /** XLIFF 2.1. */
    XLIFF,
    /** Two files of one text a line. */
    MOSES,
    /** A table. */
    TSV,
    /** JSON lines. */
    JSONL,
    /** Parquet. */
    PARQUET;

    private List<String> endings() {
      return switch (this) {
        case TMX -> List.of("tmx");
        case XLIFF -> List.of("xlf");
        case MOSES -> List.of("fr", "en");
        case TSV -> List.of("tsv");
        case JSONL -> List.of("jsonl");
        case PARQUET -> List.of("parquet");
      };
    }
  }

  /**
   * How a corpus is parted.
   *
   * @param dev share of the pairs for dev, 0 for none
   * @param test share of the pairs for test, 0 for none
   */
  public record Shares(double dev, double test) {

    /**
     * @throws InputException if nothing would be left for train
     */
    public Shares {
      if (!(dev >= 0 && test >= 0 && dev + test < 1)) {
        throw new InputException(
            "--split " + dev + "," + test + ": wanted are two shares, together less than 1");
      }
    }

    /**
     * The shares of a list: none, or dev and test.
     *
     * @throws InputException if it holds another number of them
     */
    public static Shares of(List<Double> shares) {
      if (shares.isEmpty()) {
        return new Shares(0, 0);
      }
      if (shares.size() != 2) {
        throw new InputException("--split wants two shares, for dev and test, as in 0.01,0.01");
      }
      return new Shares(shares.get(0), shares.get(1));
    }

    boolean isWhole() {
      return dev == 0 && test == 0;
    }
  }

  /**
   * What is wanted.
   *
   * @param corpus the corpus
   * @param output what files are called, without their endings
   * @param formats in what formats
   * @param shares how it is parted
   */
  public record Request(Path corpus, Path output, List<Format> formats, Shares shares) {

    /** Copies the list, each format once. */
    public Request {
      formats = formats.stream().distinct().toList();
    }
  }

  /**
   * Writes the files.
   *
   * @return pairs by file name
   * @throws InputException if the corpus can't be read, or a file not be written
   */
  public Map<String, Long> export(
      Request request, CorpusProgress progress, Cancellation cancellation) throws IOException {
    DocumentSplit split = new DocumentSplit(request.shares.dev, request.shares.test);
    Set<Long> heldOut = new HashSet<>();
    long[] total = new long[1];
    if (!request.shares.isWhole()) {
      CorpusFile.read(request.corpus, split::add);
      CorpusFile.read(
          request.corpus,
          pair -> {
            total[0]++;
            if (split.part(pair) != DocumentSplit.Part.TRAIN) {
              heldOut.add(texts(pair));
            }
          });
    }
    Files.createDirectories(request.output.toAbsolutePath().getParent());
    Map<Path, Path> files = new TreeMap<>(); // final name: name while it is written
    Map<String, Long> counts = new TreeMap<>();
    try {
      Map<DocumentSplit.Part, List<PairWriter>> writers = new EnumMap<>(DocumentSplit.Part.class);
      try {
        for (DocumentSplit.Part part : DocumentSplit.Part.values()) {
          if (part == DocumentSplit.Part.TRAIN || !request.shares.isWhole()) {
            writers.put(part, open(request, part, files, counts));
          }
        }
        long[] done = new long[1];
        CorpusFile.read(
            request.corpus,
            pair -> {
              cancellation.check();
              progress.advanced("exporting", ++done[0], total[0]);
              write(request, split, heldOut, pair, writers, counts);
            });
      } finally {
        for (List<PairWriter> some : writers.values()) {
          for (PairWriter writer : some) {
            writer.close();
          }
        }
      }
      for (Map.Entry<Path, Path> file : files.entrySet()) {
        Files.move(file.getValue(), file.getKey(), StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      for (Path part : files.values()) {
        Files.deleteIfExists(part);
      }
    }
    return counts;
  }

  private static long texts(CorpusPair pair) {
    return PairFingerprint.of(pair.source().text(), pair.target().text()).exact();
  }

  private static void write(
      Request request,
      DocumentSplit split,
      Set<Long> heldOut,
      CorpusPair pair,
      Map<DocumentSplit.Part, List<PairWriter>> writers,
      Map<String, Long> counts) {
    boolean whole = request.shares.isWhole();
    DocumentSplit.Part part = whole ? DocumentSplit.Part.TRAIN : split.part(pair);
    if (!whole && part == DocumentSplit.Part.TRAIN && heldOut.contains(texts(pair))) {
      return;
    }
    CorpusPair written = whole ? pair : split.within(pair);
    try {
      for (PairWriter writer : writers.get(part)) {
        writer.write(written);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (Format format : request.formats) {
      for (String ending : format.endings()) {
        counts.merge(name(request, part, ending), 1L, Long::sum);
      }
    }
  }

  private static String name(Request request, DocumentSplit.Part part, String ending) {
    String middle = request.shares.isWhole() ? "" : "." + part.label();
    return request.output.getFileName() + middle + "." + ending;
  }

  private static List<PairWriter> open(
      Request request, DocumentSplit.Part part, Map<Path, Path> files, Map<String, Long> counts)
      throws IOException {
    List<PairWriter> writers = new ArrayList<>();
    for (Format format : request.formats) {
      List<Path> parts = new ArrayList<>();
      for (String ending : format.endings()) {
        String name = name(request, part, ending);
        Path file = request.output.toAbsolutePath().resolveSibling(name);
        Path partial = file.resolveSibling("." + name + ".part");
        Files.deleteIfExists(partial);
        files.put(file, partial);
        parts.add(partial);
        counts.put(name, 0L);
      }
      writers.add(
          switch (format) {
            case TMX -> new TmxPairWriter(Files.newBufferedWriter(parts.get(0)));
            case XLIFF -> new XliffPairWriter(Files.newBufferedWriter(parts.get(0)));
            case MOSES ->
                new MosesPairWriter(
                    Files.newBufferedWriter(parts.get(0)), Files.newBufferedWriter(parts.get(1)));
            case TSV -> new TsvPairWriter(Files.newBufferedWriter(parts.get(0)));
            case JSONL -> new JsonPairWriter(Files.newBufferedWriter(parts.get(0)));
            case PARQUET -> new ParquetPairWriter(parts.get(0));
          });
    }
    return writers;
  }
}
