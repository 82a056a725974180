package dev.verso;

import dev.verso.model.TranslationModel;
import dev.verso.text.Cancellation;
import dev.verso.translation.Progress;
import dev.verso.translation.SegmentTranslation;
import dev.verso.translation.TranslationOptions;
import dev.verso.translation.Translator;
import dev.verso.translation.WordLinks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Sentences a second over the first {@value #SENTENCES} of FLORES dev, by beam and threads. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 1, time = 5)
@Measurement(iterations = 3, time = 10)
public class DecodingBenchmark {

  private static final int SENTENCES = 64;

  @Param({"1", "4"})
  int beam;

  @Param({"1", "2"})
  int threads;

  private TranslationModel model;
  private Translator translator;
  private List<String> sentences;

  @Setup
  public void open() throws IOException {
    model = TranslationModel.load(Path.of("models/fr-en"));
    translator = new Translator(model, threads);
    sentences = Files.readAllLines(Path.of("evaluation/mt/flores-dev.fr")).subList(0, SENTENCES);
  }

  @TearDown
  public void close() {
    translator.close();
    model.close();
  }

  @Benchmark
  @OperationsPerInvocation(SENTENCES)
  public List<SegmentTranslation> translate() {
    return translator.translate(
        sentences,
        TranslationOptions.ofBeam(beam).withLinks(WordLinks.NONE),
        Progress.SILENT,
        Cancellation.NONE);
  }
}
