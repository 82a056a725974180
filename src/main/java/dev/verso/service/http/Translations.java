package dev.verso.service.http;

import dev.verso.file.FileKind;
import dev.verso.job.JobAccounts;
import dev.verso.store.ArticleStore;
import dev.verso.store.JobStore;
import dev.verso.store.Terminology;
import dev.verso.store.Usage;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.Documents;
import dev.verso.text.InputFormat;
import dev.verso.text.Language;
import dev.verso.text.ReadOptions;
import dev.verso.translation.Glossary;
import dev.verso.translation.TranslationMemory;
import dev.verso.usecase.ReadArticle;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What all ways of asking for a translation have in common: reading, limits, counting. */
@Component
public final class Translations implements JobAccounts {

  private static final Logger LOG = LoggerFactory.getLogger("dev.verso.service.articles");
  private static final int LOGGED = 200;
  private static final int MOST_BYTES = 4;

  private final Terminology terminology;
  private final Settings settings;
  private final RateLimiter rates;
  private final Usage usage;
  private final JobStore jobs;
  private final ArticleStore articles;
  private final Counter words;
  private final Counter characters;

  public Translations(
      Terminology terminology,
      Settings settings,
      RateLimiter rates,
      Usage usage,
      JobStore jobs,
      ArticleStore articles,
      MeterRegistry meters) {
    this.terminology = terminology;
    this.settings = settings;
    this.rates = rates;
    this.usage = usage;
    this.jobs = jobs;
    this.articles = articles;
    this.words =
        Counter.builder("verso.words").description("Source words taken in").register(meters);
    this.characters =
        Counter.builder("verso.characters")
            .description("Source characters taken in")
            .register(meters);
  }

  /** Reads what came as a file, or else as text. */
  public Document read(
      Requests.Received received,
      String text,
      String name,
      String format,
      Language language,
      Cancellation cancellation) {
    InputFormat read =
        InputFormat.valueOf(
            Requests.oneOf("format", format, "auto", List.of("auto", "text", "html"))
                .toUpperCase(Locale.ROOT));
    ReadOptions reading = ReadOptions.defaults().withFormat(read).withLanguage(language);
    if (received.files().size() > 1) {
      throw Problem.badRequest(
          "there are " + received.files().size() + " files; one is read here, more as a job");
    }
    if (!received.files().isEmpty()) {
      Requests.Upload file = received.files().get(0);
      if (!FileKind.of(file.name(), file.bytes()).isBinary()) {
        // No encoding takes more than four bytes for a character: what is longer is not even read.
        requireShort(file.bytes().length / MOST_BYTES);
      }
      return ReadArticle.from(
          name == null || name.isBlank() ? file.name() : Requests.safe(name),
          file.bytes(),
          reading,
          cancellation);
    }
    if (text == null) {
      throw Problem.badRequest(
          "'text' is missing; send {\"text\":\"…\"}, or the article as the body with Content-Type"
              + " text/plain or text/html");
    }
    requireShort(text.length());
    return Documents.read(
        name == null || name.isBlank() ? "text" : Requests.safe(name), text, reading, cancellation);
  }

  /** A text that stands in a field, or in a file of that field. */
  public Document read(
      Requests.Received received,
      String field,
      String text,
      ReadOptions reading,
      Cancellation cancellation) {
    Optional<Requests.Upload> file = received.file(field);
    if (file.isEmpty()) {
      return Documents.read(field, Requests.required(field, text), reading, cancellation);
    }
    byte[] bytes = file.get().bytes();
    if (!FileKind.of(file.get().name(), bytes).isBinary()) {
      requireShort(bytes.length / MOST_BYTES);
    }
    return ReadArticle.from(file.get().name(), bytes, reading, cancellation);
  }

  /** A caller's glossary, or none if no id is given. */
  public Glossary glossary(Caller caller, String id) {
    return id == null || id.isBlank()
        ? Glossary.EMPTY
        : terminology
            .glossary(caller.owner(), Requests.known(id))
            .orElseThrow(() -> Problem.notFound("there is no glossary " + id));
  }

  /** A caller's translation memory, or none if no id is given. */
  public TranslationMemory memory(Caller caller, String id) {
    return id == null || id.isBlank()
        ? TranslationMemory.EMPTY
        : terminology
            .memory(caller.owner(), Requests.known(id))
            .orElseThrow(() -> Problem.notFound("there is no memory " + id));
  }

  /** Counts a text against all limits, before work begins. */
  public void charge(Caller caller, String text) {
    requireShort(text.length());
    count(caller, text);
  }

  /** Makes sure that a text is short enough to be translated at once. */
  public void requireShort(long length) {
    if (length > settings.limits().characters()) {
      throw Problem.tooLarge(
          "the text has "
              + length
              + " characters and exceeds text limit ("
              + settings.limits().characters()
              + "); send it as a job (POST /v1/jobs)");
    }
  }

  /** Documents must be such that they can be worked on, and the owner must have room for them. */
  public void requireRoom(Caller caller, List<JobStore.Submitted> documents) {
    long bytes = 0;
    for (JobStore.Submitted document : documents) {
      bytes += document.bytes().length;
      long characters = characters(document.bytes());
      if (characters > settings.limits().document()
          && !FileKind.of(document.name(), document.bytes()).isBinary()) {
        throw Problem.tooLarge(
            document.name()
                + " has "
                + characters
                + " characters; a document of a job has at most "
                + settings.limits().document()
                + ": send it in parts");
      }
    }
    requireStorage(caller, bytes);
  }

  /** What the owner has stored may not be more than it may be with so many bytes more. */
  public void requireStorage(Caller caller, long bytes) {
    long most = settings.limits().storage().toBytes();
    String owner = caller.owner();
    if (most > 0 && jobs.stored(owner) + articles.stored(owner) + bytes > most) {
      throw Problem.of(
          413,
          "storage",
          "jobs with their results and kept articles take up all of the "
              + most
              + " bytes that they may: remove jobs that are done (DELETE /v1/jobs/…) or articles"
              + " (DELETE /v1/articles/…)");
    }
  }

  /** As of UTF-8: each character has one byte that does not continue another. */
  private static long characters(byte[] bytes) {
    long count = 0;
    for (byte one : bytes) {
      count += (one & 0xC0) != 0x80 ? 1 : 0;
    }
    return count;
  }

  /** Counts a text against quotas and rates. */
  public void count(Caller caller, String text) {
    count(caller, List.of(text));
  }

  /** Counts texts against quotas and rates: all of them, or none if they are too many. */
  public void count(Caller caller, List<String> texts) {
    long length = texts.stream().mapToLong(String::length).sum();
    rates.countCharacters(caller, length);
    usage.charge(caller.key(), length);
    characters.increment((double) length);
    for (String text : texts) {
      words.increment(countWords(text));
      if (settings.log().articles()) {
        LOG.info("{}", text.substring(0, Math.min(LOGGED, text.length())));
      }
    }
  }

  /** Counts a file: text now, all else when it is known how much text it holds. */
  public void countFile(Caller caller, FileKind kind, byte[] file) {
    count(caller, kind.isBinary() ? "" : new String(file, StandardCharsets.UTF_8));
  }

  /** Counts the text that was found in a file, before it is translated at once. */
  public void countFound(Caller caller, long found) {
    requireShort(found);
    rates.countCharacters(caller, found);
    usage.charge(caller.key(), found);
    characters.increment((double) found);
  }

  @Override
  public void require(String owner, long count) {
    usage.require(owner, count);
  }

  @Override
  public void charge(String owner, long count) {
    usage.add(owner, count);
    characters.increment((double) count);
  }

  private static int countWords(String text) {
    int count = 0;
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      boolean letter = Character.isLetterOrDigit(text.charAt(i));
      count += letter && !inside ? 1 : 0;
      inside = letter;
    }
    return count;
  }
}
