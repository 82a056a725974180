package dev.verso.usecase;

import dev.verso.bitext.BitextFormat;
import dev.verso.decoding.SearchOptions;
import dev.verso.engine.Engine;
import dev.verso.file.FileKind;
import dev.verso.file.TranslatedFile;
import dev.verso.job.JobAccounts;
import dev.verso.job.JobWork;
import dev.verso.store.JobOptions;
import dev.verso.store.JobStore.Claim;
import dev.verso.store.Terminology;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.InputException;
import dev.verso.text.InputFormat;
import dev.verso.text.ReadOptions;
import dev.verso.translation.Glossary;
import dev.verso.translation.Progress;
import dev.verso.translation.TranslationMemory;
import dev.verso.translation.TranslationOptions;
import dev.verso.translation.WordLinks;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A job's document in, what it becomes out: by {@link TranslateFile} if it is to keep its form, by
 * {@link TranslateArticle} otherwise.
 *
 * <p>Thread-safe; what it is made of stays the caller's.
 */
public final class TranslateJobDocument implements JobWork {

  private final TranslateArticle articles;
  private final TranslateFile files;
  private final Terminology terminology;
  private final JobAccounts accounts;

  /**
   * @param engine in the bulk lane
   * @param accounts asked whether the owner has room for the text of a file
   */
  public TranslateJobDocument(Engine engine, Terminology terminology, JobAccounts accounts) {
    this.articles = new TranslateArticle(engine);
    this.files = new TranslateFile(engine);
    this.terminology = terminology;
    this.accounts = accounts;
  }

  @Override
  public TranslatedFile translate(Claim claim, Progress progress, Cancellation cancellation) {
    JobOptions wanted = claim.options();
    TranslationOptions options =
        new TranslationOptions(
            SearchOptions.ofBeam(wanted.beam()),
            wanted.all(),
            wanted.glossary() == null
                ? Glossary.EMPTY
                : terminology
                    .glossary(claim.owner(), wanted.glossary())
                    .orElseThrow(() -> gone("glossary", wanted.glossary())),
            wanted.memory() == null
                ? TranslationMemory.EMPTY
                : terminology
                    .memory(claim.owner(), wanted.memory())
                    .orElseThrow(() -> gone("memory", wanted.memory())),
            WordLinks.WORDS);
    if (wanted.to().equals("document")) {
      boolean counted = !FileKind.of(claim.name(), claim.source()).isBinary();
      return files.translate(
          new TranslateFile.Request(
              claim.name(),
              claim.source(),
              options,
              wanted.force(),
              characters -> accounts.require(claim.owner(), counted ? 0 : characters)),
          progress,
          cancellation);
    }
    InputFormat format = InputFormat.valueOf(wanted.format().toUpperCase(Locale.ROOT));
    Document document =
        ReadArticle.from(
            claim.name(), claim.source(), ReadOptions.defaults().withFormat(format), cancellation);
    BitextFormat to = BitextFormat.of(wanted.to());
    TranslateArticle.Result result =
        articles.translate(
            new TranslateArticle.Request(document, options, wanted.force(), to),
            progress,
            cancellation);
    return new TranslatedFile(
        claim.name() + ".en." + to.extension(),
        to.mediaType(),
        result.printed().getBytes(StandardCharsets.UTF_8),
        document.text().length());
  }

  private static InputException gone(String what, String id) {
    return new InputException("the " + what + " " + id + " of this job is no longer there");
  }
}
