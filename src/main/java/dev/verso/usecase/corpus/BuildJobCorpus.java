package dev.verso.usecase.corpus;

import dev.verso.corpus.CorpusProgress;
import dev.verso.corpus.filter.FilterOptions;
import dev.verso.corpus.filter.PersonalData;
import dev.verso.file.TemporaryFolder;
import dev.verso.file.TranslatedFile;
import dev.verso.job.JobWork;
import dev.verso.store.JobStore.Claim;
import dev.verso.text.Cancellation;
import dev.verso.translation.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipOutputStream;

/**
 * Jobs that build a corpus: a {@link CorpusBundle} in, an archive of the corpus, its rejected
 * pairs, its documents and its datasheet out. Other jobs are passed on.
 *
 * <p>One thread a job, without a model. Thread-safe.
 */
public final class BuildJobCorpus implements JobWork {

  /** What {@code JobOptions.to} is for such jobs. */
  public static final String CORPUS = "corpus";

  private static final long WHOLE = 1000;

  /** Unpacked: more than anything that the service takes in at once holds as it is. */
  private static final long MOST_BYTES = 64L << 20;

  private final JobWork others;
  private final TemporaryFolder scratch;

  /**
   * @param others does all other jobs
   * @param scratch for files that are gone when a job ends
   */
  public BuildJobCorpus(JobWork others, TemporaryFolder scratch) {
    this.others = others;
    this.scratch = scratch;
  }

  @Override
  public TranslatedFile translate(Claim claim, Progress progress, Cancellation cancellation) {
    if (!claim.options().to().equals(CORPUS)) {
      return others.translate(claim, progress, cancellation);
    }
    try {
      Path folder = scratch.newFolder("corpus");
      try {
        return built(claim, folder, progress, cancellation);
      } finally {
        TemporaryFolder.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TranslatedFile built(
      Claim claim, Path folder, Progress progress, Cancellation cancellation) throws IOException {
    CorpusBundle bundle = CorpusBundle.unpacked(claim.source());
    FilterOptions filters =
        FilterOptions.DEFAULT.withPersonalData(
            PersonalData.Mode.valueOf(bundle.personalData().toUpperCase(Locale.ROOT)));
    RefinementOptions options =
        new RefinementOptions(
            filters,
            true,
            Deduplication.valueOf(bundle.deduplication().toUpperCase(Locale.ROOT)),
            List.of(),
            List.of());
    Path output = folder.resolve("corpus.jsonl");
    BuildCorpus.Result result =
        BuildCorpus.fast()
            .build(
                new BuildCorpus.Request(
                    bundle.written(folder.resolve("inputs")),
                    output,
                    folder.resolve("work"),
                    1,
                    options,
                    MOST_BYTES),
                shared(progress),
                cancellation);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      for (String name :
          List.of(
              "corpus.jsonl",
              "corpus.rejected.jsonl",
              "corpus.documents.jsonl",
              "corpus.datasheet.json",
              "corpus.datasheet.html")) {
        CorpusBundle.put(zip, name, Files.readAllBytes(folder.resolve(name)));
      }
    }
    return new TranslatedFile(
        "corpus.zip", "application/zip", bytes.toByteArray(), result.characters());
  }

  /** Reading, aligning and filtering take about a third each. */
  private static CorpusProgress shared(Progress progress) {
    return (step, done, total) -> {
      long before =
          switch (step) {
            case "aligning" -> WHOLE / 3;
            case "filtering", "deduplicating", "writing" -> 2 * WHOLE / 3;
            default -> 0;
          };
      long within = total == 0 ? 0 : WHOLE / 3 * Math.min(done, total) / total;
      progress.advanced(before + within, WHOLE);
    };
  }
}
