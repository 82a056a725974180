package dev.verso.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.verso.bitext.AlignedDocumentsFormat;
import dev.verso.bitext.BitextFormat;
import dev.verso.engine.Engine;
import dev.verso.evaluation.FuzzInputs.Input;
import dev.verso.quote.QuoteWriter;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.Documents;
import dev.verso.text.InputException;
import dev.verso.text.InputFormat;
import dev.verso.text.Json;
import dev.verso.text.Language;
import dev.verso.text.ReadOptions;
import dev.verso.translation.Progress;
import dev.verso.translation.TranslationOptions;
import dev.verso.usecase.AlignTexts;
import dev.verso.usecase.CheckQuotes;
import dev.verso.usecase.FindQuotes;
import dev.verso.usecase.TraceExcerpts;
import dev.verso.usecase.TranslateArticle;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Throws {@link FuzzInputs} at translate, align, quotes, trace and check. Each must answer, in JSON
 * that can be read, or refuse the input by an {@link InputException}; the decoder must not bring a
 * replacement character that the input doesn't hold.
 */
public final class FuzzTrial {

  /** Quotes of which some fits most inputs. */
  private static final String QUOTE = "The word is in the text";

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Engine engine;
  private final AlignTexts aligner;
  private final List<Failure> failures = new ArrayList<>();
  private String slowest = "";
  private double most;
  private int steps;

  private FuzzTrial(Engine engine) {
    this.engine = engine;
    this.aligner = AlignTexts.fast();
  }

  /**
   * A step that failed.
   *
   * @param step such as {@code translate}
   * @param input the kind of the text, and the text
   * @param error what went wrong
   */
  public record Failure(String step, String input, String error) {}

  /**
   * The outcome.
   *
   * @param steps how many ended
   * @param failures those that did not end well
   * @param slowest the step that took the most of its thread's processor time
   * @param seconds how much that was; what the decoder's threads did for it is not in it
   */
  public record Outcome(int steps, List<Failure> failures, String slowest, double seconds) {

    /** Copies the list. */
    public Outcome {
      failures = List.copyOf(failures);
    }
  }

  /**
   * Runs until the time is over, one input at least.
   *
   * @param articles French articles to be changed
   * @param length characters of a repeated sign
   */
  public static Outcome run(
      Engine engine, long seed, Duration time, int length, List<String> articles) {
    FuzzTrial trial = new FuzzTrial(engine);
    FuzzInputs inputs = new FuzzInputs(seed, articles);
    long end = System.nanoTime() + time.toNanos();
    do {
      for (Input input : inputs.round(length)) {
        trial.all(input);
        if (System.nanoTime() > end) {
          break;
        }
      }
    } while (System.nanoTime() < end);
    return new Outcome(trial.steps, trial.failures, trial.slowest, trial.most);
  }

  private interface Step {
    void run() throws Exception;
  }

  private void all(Input input) {
    ReadOptions reading =
        ReadOptions.defaults().withFormat(input.html() ? InputFormat.HTML : InputFormat.TEXT);
    Document[] read = new Document[1];
    step("read", input, () -> read[0] = Documents.read(input.name(), input.text(), reading));
    Document document = read[0];
    if (document == null) {
      return;
    }
    step("translate", input, () -> translate(document));
    step(
        "quotes",
        input,
        () ->
            requireJson(
                QuoteWriter.JSONLD.format(
                    document,
                    new FindQuotes()
                        .find(new FindQuotes.Request(document, Language.FRENCH), Cancellation.NONE)
                        .report())));
    step("align", input, () -> align(input.text()));
    step(
        "trace",
        input,
        () ->
            requireJson(
                new TraceExcerpts(engine)
                    .trace(
                        new TraceExcerpts.Request(document, List.of(QUOTE), true),
                        Progress.SILENT,
                        Cancellation.NONE)
                    .json()
                    .get(0)));
    step(
        "check",
        input,
        () ->
            requireJson(
                new CheckQuotes(engine)
                    .check(
                        new CheckQuotes.Request(
                            document, List.of(QUOTE), Optional.empty(), Optional.empty()),
                        Cancellation.NONE)
                    .json()));
  }

  private void step(String name, Input input, Step step) {
    long before = THREADS.getCurrentThreadCpuTime();
    try {
      step.run();
    } catch (InputException e) {
      // Refused with a reason: as good as done.
      if (e.getMessage().isBlank()) {
        failures.add(new Failure(name, shown(input), "refused without a reason"));
      }
    } catch (Exception | StackOverflowError e) {
      failures.add(new Failure(name, shown(input), e.toString()));
    }
    steps++;
    double seconds =
        (THREADS.getCurrentThreadCpuTime() - before) / (double) TimeUnit.SECONDS.toNanos(1);
    if (seconds > most) {
      most = seconds;
      slowest = name + " of " + input.name();
    }
  }

  private static String shown(Input input) {
    String text = input.text();
    return input.name() + ": " + text.substring(0, Math.min(200, text.length()));
  }

  private void translate(Document document) throws JsonProcessingException {
    TranslateArticle.Result result =
        new TranslateArticle(engine)
            .translate(
                new TranslateArticle.Request(
                    document, TranslationOptions.ofBeam(1), true, BitextFormat.JSON),
                Progress.SILENT,
                Cancellation.NONE);
    requireJson(result.printed());
    if (document.text().indexOf('\uFFFD') < 0
        && result.bitext().targetText().indexOf('\uFFFD') >= 0) {
      throw new IllegalStateException("a replacement character that the input doesn't hold");
    }
  }

  private void align(String text) throws JsonProcessingException {
    AlignTexts.Request request =
        new AlignTexts.Request(
            Documents.read("source", text, ReadOptions.defaults()),
            Documents.read("target", "The word is in the text. It rained.", ReadOptions.defaults()),
            true,
            Optional.empty());
    requireJson(
        aligner
            .align(request, Progress.SILENT, Cancellation.NONE)
            .printed(AlignedDocumentsFormat.JSON));
  }

  private static void requireJson(String printed) throws JsonProcessingException {
    if (!Json.PLAIN.readTree(printed).isContainerNode()) {
      throw new IllegalStateException("not an object: " + printed);
    }
  }
}
