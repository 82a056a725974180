package dev.verso.usecase;

import dev.verso.engine.ModelCatalogue;
import dev.verso.model.Hub;
import dev.verso.text.Cancellation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A name of a model on a hub in, the model on this machine out, checked. What was received before a
 * failure or a cancellation is kept for the next try.
 *
 * <p>Thread-safe; two pulls of one model at a time spoil each other's files.
 */
public final class PullModel {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final ModelCatalogue catalogue;
  private final URI hub;
  private final Optional<String> token;

  /**
   * @param catalogue what the model joins
   * @param hub the hub's address or a mirror's
   * @param token access token for private repositories, if needed
   */
  public PullModel(ModelCatalogue catalogue, URI hub, Optional<String> token) {
    this.catalogue = catalogue;
    this.hub = hub;
    this.token = token.filter(given -> !given.isBlank());
  }

  /**
   * What is wanted.
   *
   * @param repository {@code OWNER/NAME}
   * @param revision branch, tag or commit
   * @param use whether the model translates from the next start on
   */
  public record Request(String repository, String revision, Hub.Precision precision, boolean use) {}

  /**
   * What came of it.
   *
   * @param folder where the model lies
   * @param report what was checked, a line each
   */
  public record Result(Path folder, List<String> report) {

    /** Copies the report. */
    public Result {
      report = List.copyOf(report);
    }
  }

  /**
   * Licence and size of what would be fetched.
   *
   * @throws dev.verso.model.ModelException if the hub does not answer or has no such model
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public Hub.Offer offer(Request request, Cancellation cancellation) {
    return hub().offer(request.repository, request.revision, request.precision, cancellation);
  }

  /**
   * Fetches and checks a model.
   *
   * @throws dev.verso.model.ModelException if it can't be had, or is damaged
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public Result pull(Request request, Hub.Transfer transfer, Cancellation cancellation)
      throws IOException {
    Path folder =
        catalogue.pull(
            request.repository,
            request.revision,
            request.precision,
            hub(),
            (file, done, total) -> {
              cancellation.check();
              transfer.advanced(file, done, total);
            });
    List<String> report = ModelCatalogue.verify(folder);
    if (request.use) {
      catalogue.use(request.repository);
    }
    return new Result(folder, report);
  }

  private Hub hub() {
    return new Hub(hub, token, PAUSE);
  }
}
