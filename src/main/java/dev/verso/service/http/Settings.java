package dev.verso.service.http;

import dev.verso.engine.ModelCatalogue;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The service's settings; {@code src/docs/configuration.md} is their table.
 *
 * @param data folder of the database and of pulled models; empty for the user's own
 * @param model the model's name or folder; empty for the one in use
 * @param hub where models are fetched from; empty for {@code $HF_ENDPOINT} or Hugging Face
 * @param threads batches decoded side by side; 0 for one for each core
 * @param cache memory for segments that were translated before; 0 for none
 * @param open whether others than this machine may connect though no key is needed
 * @param hosts names that the service is called by, besides the loopback's and addresses; {@code *}
 *     for any
 * @param url where clients reach the service, such as {@code https://verso.example}, for links in
 *     answers; empty for what the request was sent to
 * @param forwarded whether a proxy before the service is trusted to say who calls, in Forwarded and
 *     X-Forwarded headers
 * @param shutdown longest that stopping takes
 * @param database where jobs, glossaries, memories and keys are kept
 * @param jobs how jobs are worked on
 * @param limits what a request may ask for
 * @param cors which pages of other sites may call
 * @param log what is logged
 */
@ConfigurationProperties("verso")
public record Settings(
    @DefaultValue("") String data,
    @DefaultValue("") String model,
    @DefaultValue("") String hub,
    @DefaultValue("0") int threads,
    @DefaultValue("64MB") DataSize cache,
    @DefaultValue("false") boolean open,
    @DefaultValue List<String> hosts,
    @DefaultValue("") String url,
    @DefaultValue("false") boolean forwarded,
    @DefaultValue("20s") Duration shutdown,
    @DefaultValue Database database,
    @DefaultValue Jobs jobs,
    @DefaultValue Limits limits,
    @DefaultValue Cors cors,
    @DefaultValue Log log) {

  /**
   * @param url {@code jdbc:h2:…} or {@code jdbc:postgresql:…}; empty for a file in the data folder
   */
  public record Database(
      @DefaultValue("") String url,
      @DefaultValue("") String user,
      @DefaultValue("") String password) {}

  /**
   * @param workers documents worked on side by side; 0 to leave jobs to other instances
   * @param lease after so long without a sign of life, a document is taken from its instance
   * @param keepDays days after which a job that has ended is removed; 0 for never
   */
  public record Jobs(
      @DefaultValue("4") int workers,
      @DefaultValue("20s") Duration lease,
      @DefaultValue("30") int keepDays) {}

  /**
   * @param body largest body of a request
   * @param bodies largest sum of the bodies under way; 0 for an eighth of the heap
   * @param characters most characters that are translated at once; more is for a job
   * @param document most characters of a document of a job
   * @param storage most bytes that one key's jobs, or all jobs without keys, may hold
   * @param documents most documents of a job
   * @param timeout longest that a request is worked on
   * @param upload longest that the body of a request may take to arrive
   * @param concurrent requests worked on side by side
   * @param waiting requests that may wait; more are answered with 429
   * @param requestsPerMinute of one key, or of one address without keys; 0 for any number
   * @param charactersPerMinute likewise
   */
  public record Limits(
      @DefaultValue("20MB") DataSize body,
      @DefaultValue("0") DataSize bodies,
      @DefaultValue("50000") int characters,
      @DefaultValue("2000000") int document,
      @DefaultValue("2GB") DataSize storage,
      @DefaultValue("1000") int documents,
      @DefaultValue("60s") Duration timeout,
      @DefaultValue("30s") Duration upload,
      @DefaultValue("32") int concurrent,
      @DefaultValue("256") int waiting,
      @DefaultValue("0") int requestsPerMinute,
      @DefaultValue("0") int charactersPerMinute) {}

  /**
   * @param origins such as {@code https://desk.example}; {@code *} for all
   */
  public record Cors(@DefaultValue List<String> origins) {}

  /**
   * @param format {@code text}, or {@code ecs}, {@code logstash} or {@code gelf} for JSON lines
   * @param articles whether the beginning of what is translated is logged
   */
  public record Log(@DefaultValue("text") String format, @DefaultValue("false") boolean articles) {}

  /** Batches decoded side by side: as set, or one for each core. */
  public int decoderThreads() {
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }

  /** Where models are fetched from. */
  public URI hubAddress() {
    String endpoint = System.getenv().getOrDefault("HF_ENDPOINT", "");
    return URI.create(
        !hub.isBlank() ? hub : endpoint.isBlank() ? "https://huggingface.co" : endpoint);
  }

  /** The data folder. */
  public Path dataFolder() {
    return data.isBlank() ? ModelCatalogue.dataFolder() : Path.of(data);
  }
}
