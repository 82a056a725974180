package dev.verso.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.verso.text.Cancellation;
import dev.verso.text.Json;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Fetches model repositories from a hub that speaks Hugging Face's layout: {@code
 * BASE/OWNER/NAME/resolve/REVISION/FILE}, often answered by a redirect to the place of the bytes.
 *
 * <p>What the hub says about a file is checked: {@code X-Linked-Etag} is the SHA-256 of a large
 * file, {@code ETag} the git blob hash of a small one. A transfer that breaks off is resumed with a
 * range request, in the same call and in the next one. If a repository has a {@code manifest.json},
 * the files that it names are fetched; any other is fetched as an opus-mt export in Optimum's
 * layout, for which a manifest is written.
 *
 * <p>The token goes to the hub's own host only, never along a redirect to another. Thread-safe.
 */
public final class Hub {

  /** Receives the progress of each file. */
  @FunctionalInterface
  public interface Transfer {
    /**
     * @param file its name in the repository
     * @param done bytes received
     * @param total its size, or -1 if the hub doesn't say
     */
    void advanced(String file, long done, long total);
  }

  /** Which of an export's weights to fetch. */
  public enum Precision {
    /** Full precision: the best quality. */
    FP32(""),
    /** Eight bits: a quarter of the size. */
    INT8("_quantized");

    private final String suffix;

    Precision(String suffix) {
      this.suffix = suffix;
    }
  }

  private static final int ATTEMPTS = 5;
  private static final int REDIRECTS = 5;
  private static final int BUFFER = 1 << 16;

  /** Bytes of a card or a manifest that are read. */
  private static final int LONGEST_TEXT = 1 << 20;

  /** How long the hub may take to say what it has. */
  private static final int ANSWER_SECONDS = 20;

  private static final String UNSTATED = "not stated";

  private static final List<String> REQUIRED =
      List.of("config.json", "vocab.json", "source.spm", "target.spm");
  private static final List<String> OPTIONAL =
      List.of("generation_config.json", "tokenizer_config.json", "README.md");

  private final URI base;
  private final Optional<String> token;
  private final Duration pause;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(Duration.ofSeconds(20))
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * @param base the hub's address or a mirror's
   * @param token access token for private repositories, if needed
   * @param pause how long to wait before a broken transfer is retried; doubles each time
   */
  public Hub(URI base, Optional<String> token, Duration pause) {
    this.base = URI.create(base.toString().replaceAll("/+$", ""));
    this.token = token;
    this.pause = pause;
  }

  /**
   * Fetches a repository. Files that are present with the right hash are not fetched again.
   *
   * @param repository {@code OWNER/NAME}
   * @param revision a branch, tag or commit
   * @param directory where its files go; created if needed
   * @throws ModelException if the repository or a file that is needed is missing, access is denied,
   *     a hash differs or the connection fails for good
   */
  public void pull(
      String repository, String revision, Precision precision, Path directory, Transfer transfer) {
    requireNames(repository, revision);
    try {
      Files.createDirectories(directory);
      String root = root(repository, revision);
      if (fetch(root, Manifest.FILE, directory, transfer, false)) {
        Manifest manifest = Manifest.read(directory);
        for (String file : new TreeMap<>(manifest.sha256()).keySet()) {
          fetch(root, safe(file), directory, transfer, true);
        }
        return;
      }
      List<String> files = new ArrayList<>(needed(precision));
      for (String file : files) {
        fetch(root, file, directory, transfer, true);
      }
      for (String file : OPTIONAL) {
        if (fetch(root, file, directory, transfer, false)) {
          files.add(file);
        }
      }
      writeManifest(repository, revision, directory, encoder(precision), decoder(precision), files);
    } catch (FileNotFoundException e) {
      throw missing(e);
    } catch (IOException e) {
      throw new ModelException(
          "fetching "
              + repository
              + " from "
              + base
              + " failed: "
              + reason(e)
              + ". What was received is kept; try again to continue",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException("fetching " + repository + " was interrupted", e);
    }
  }

  /**
   * What a repository would bring.
   *
   * @param repository {@code OWNER/NAME}
   * @param license as its card states it, or "not stated"
   * @param bytes size of the files that a pull would fetch
   */
  public record Offer(String repository, String license, long bytes) {}

  /**
   * Asks what {@link #pull} would fetch, without fetching it: sizes of the files, and the licence
   * in the card.
   *
   * @throws ModelException as {@link #pull} does, and if the hub takes longer than {@value
   *     #ANSWER_SECONDS} s for one of the answers
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public Offer offer(
      String repository, String revision, Precision precision, Cancellation cancellation) {
    requireNames(repository, revision);
    try {
      String root = root(repository, revision);
      long bytes = 0;
      Optional<Manifest> manifest =
          body(root + Manifest.FILE).map(json -> Manifest.parse(json, root + Manifest.FILE));
      List<String> files =
          manifest.isPresent()
              ? List.copyOf(new TreeMap<>(manifest.get().sha256()).keySet())
              : needed(precision);
      for (String file : files) {
        cancellation.check();
        bytes += size(URI.create(root + safe(file)));
      }
      String license =
          manifest.isPresent()
              ? manifest.get().license()
              : body(root + "README.md")
                  .map(card -> license(new String(card, StandardCharsets.UTF_8)))
                  .orElse(UNSTATED);
      return new Offer(repository, license, bytes);
    } catch (FileNotFoundException e) {
      throw missing(e);
    } catch (IOException e) {
      throw new ModelException(
          "asking " + base + " for " + repository + " failed: " + reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException("asking for " + repository + " was interrupted", e);
    }
  }

  private static void requireNames(String repository, String revision) {
    if (!repository.matches("[\\w.-]+/[\\w.-]+") || repository.matches("\\.+/.*|.*/\\.+")) {
      throw new ModelException("'" + repository + "' is not a repository: write OWNER/NAME");
    }
    if (!revision.matches("[\\w-][\\w./-]*") || revision.contains("..")) {
      throw new ModelException("'" + revision + "' is not a branch, tag or commit");
    }
  }

  private String root(String repository, String revision) {
    return base + "/" + repository + "/resolve/" + revision + "/";
  }

  private static ModelException missing(FileNotFoundException cause) {
    return new ModelException(
        cause.getMessage()
            + ": not found on the hub. Check the repository, its revision and the precision; a"
            + " repository must contain an export of an opus-mt model",
        cause);
  }

  /** The files of an export without a manifest. */
  private static List<String> needed(Precision precision) {
    List<String> files = new ArrayList<>(REQUIRED);
    files.add(encoder(precision));
    files.add(decoder(precision));
    return files;
  }

  private static String encoder(Precision precision) {
    return "onnx/encoder_model" + precision.suffix + ".onnx";
  }

  private static String decoder(Precision precision) {
    return "onnx/decoder_model_merged" + precision.suffix + ".onnx";
  }

  /** A small file, if there is one. */
  private Optional<byte[]> body(String address) throws IOException, InterruptedException {
    URI at = URI.create(address);
    for (int hop = 0; hop <= REDIRECTS; hop++) {
      HttpResponse<InputStream> response = get(at, 0);
      try (InputStream body = response.body()) {
        if (response.statusCode() == 404) {
          return Optional.empty();
        }
        if (!isRedirect(response.statusCode())) {
          requireSuccess(response, at);
          return Optional.of(body.readNBytes(LONGEST_TEXT));
        }
      }
      at = redirected(response);
    }
    throw new IOException(address + " is redirected in circles");
  }

  /** A file's size: large ones are stored elsewhere, and the redirect tells it. */
  private long size(URI address) throws IOException, InterruptedException {
    URI at = address;
    for (int hop = 0; hop <= REDIRECTS; hop++) {
      HttpRequest asked =
          request(at)
              .timeout(Duration.ofSeconds(ANSWER_SECONDS))
              .method("HEAD", HttpRequest.BodyPublishers.noBody())
              .build();
      HttpResponse<Void> response = client.send(asked, HttpResponse.BodyHandlers.discarding());
      OptionalLong linked = response.headers().firstValueAsLong("X-Linked-Size");
      if (linked.isPresent()) {
        return linked.getAsLong();
      }
      if (!isRedirect(response.statusCode())) {
        requireSuccess(response, at);
        return response.headers().firstValueAsLong("Content-Length").orElse(0);
      }
      at = redirected(response);
    }
    throw new IOException(address + " is redirected in circles");
  }

  private static void requireSuccess(HttpResponse<?> response, URI address) throws IOException {
    switch (response.statusCode()) {
      case 200, 206 -> {}
      case 401, 403 ->
          throw new ModelException(
              "the hub denies access to " + address + ": pass --token or set HF_TOKEN");
      case 404 -> throw new FileNotFoundException(address.toString());
      default -> throw new IOException("status " + response.statusCode() + " for " + address);
    }
  }

  private static URI redirected(HttpResponse<?> response) throws IOException {
    return response
        .uri()
        .resolve(
            response
                .headers()
                .firstValue("Location")
                .orElseThrow(() -> new IOException("a redirect without an address")));
  }

  /** Java's client leaves the message of what can't be reached empty. */
  private static String reason(IOException error) {
    boolean unreached = false;
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return "no such host is known here; --hub or verso.hub names another hub, and behind a"
            + " proxy Java needs VERSO_OPTS=-Dhttps.proxyHost=…";
      }
      unreached |= cause instanceof ConnectException;
    }
    if (unreached) {
      return "it can't be reached: nobody answers there";
    }
    return error.getMessage() == null ? error.toString() : error.getMessage();
  }

  /** A file name from a manifest must not lead out of the model's folder. */
  private static String safe(String file) {
    Path path = Path.of(file).normalize();
    if (path.isAbsolute() || path.startsWith("..")) {
      throw new ModelException("the manifest names a file outside of its folder: " + file);
    }
    return file;
  }

  private boolean fetch(
      String root, String file, Path directory, Transfer transfer, boolean required)
      throws IOException, InterruptedException {
    Path target = directory.resolve(file);
    Path partial = directory.resolve(file + ".part");
    Files.createDirectories(target.getParent());
    IOException last = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (attempt > 0) {
        Thread.sleep(pause.toMillis() << (attempt - 1));
      }
      try {
        return fetchOnce(URI.create(root + file), file, target, partial, transfer);
      } catch (FileNotFoundException e) {
        if (required) {
          throw e;
        }
        return false;
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  private boolean fetchOnce(URI address, String file, Path target, Path partial, Transfer transfer)
      throws IOException, InterruptedException {
    long have = Files.exists(partial) ? Files.size(partial) : 0;
    HttpResponse<InputStream> response = get(address, have);
    Optional<String> promised = promisedHash(response);
    for (int hop = 0; isRedirect(response.statusCode()); hop++) {
      URI next = redirected(response);
      response.body().close();
      if (hop == REDIRECTS) {
        throw new IOException(file + " is redirected in circles");
      }
      if (promised.isPresent() && Files.exists(target) && matches(target, promised.get())) {
        return true;
      }
      response = get(next, have);
      if (promised.isEmpty()) {
        promised = promisedHash(response);
      }
    }
    try (InputStream body = response.body()) {
      switch (response.statusCode()) {
        case 200 -> have = 0;
        case 416 -> {
          // What was received is longer than the file: it belongs to another version.
          Files.deleteIfExists(partial);
          throw new IOException("the file changed on the hub");
        }
        default -> requireSuccess(response, address);
      }
      if (promised.isPresent() && Files.exists(target) && matches(target, promised.get())) {
        return true;
      }
      long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
      receive(body, partial, have, length, file, transfer);
    }
    if (promised.isPresent() && !matches(partial, promised.get())) {
      Files.delete(partial);
      throw new IOException("the bytes of " + file + " do not have the hash the hub promised");
    }
    Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
    return true;
  }

  private static void receive(
      InputStream body, Path partial, long have, long length, String file, Transfer transfer)
      throws IOException {
    long done = have;
    long total = length < 0 ? -1 : have + length;
    StandardOpenOption mode =
        have > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
    try (OutputStream out = Files.newOutputStream(partial, StandardOpenOption.CREATE, mode)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        out.write(buffer, 0, read);
        done += read;
        transfer.advanced(file, done, total);
      }
    }
    if (total >= 0 && done < total) {
      throw new IOException(file + " broke off after " + done + " of " + total + " bytes");
    }
  }

  private HttpResponse<InputStream> get(URI address, long from)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(address);
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  private HttpRequest.Builder request(URI address) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofMinutes(5))
            .header("User-Agent", "verso");
    if (token.isPresent()
        && base.getAuthority().equals(address.getAuthority())
        && base.getScheme().equals(address.getScheme())) {
      request.header("Authorization", "Bearer " + token.get());
    }
    return request;
  }

  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  /** The hash in the headers, {@code sha256:…} or {@code git:…}. */
  private static Optional<String> promisedHash(HttpResponse<?> response) {
    Optional<String> linked = response.headers().firstValue("X-Linked-Etag").map(Hub::bare);
    if (linked.isPresent() && linked.get().matches("[0-9a-f]{64}")) {
      return Optional.of("sha256:" + linked.get());
    }
    return response
        .headers()
        .firstValue("ETag")
        .map(Hub::bare)
        .filter(tag -> tag.matches("[0-9a-f]{40}"))
        .map(tag -> "git:" + tag);
  }

  private static String bare(String tag) {
    return tag.replaceAll("^W/|\"", "").toLowerCase(Locale.ROOT);
  }

  private static boolean matches(Path file, String promised) throws IOException {
    if (promised.startsWith("sha256:")) {
      return TranslationModel.sha256(file).equals(promised.substring(7));
    }
    byte[] content = Files.readAllBytes(file);
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest.digest(content)).equals(promised.substring(4));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  private static void writeManifest(
      String repository,
      String revision,
      Path directory,
      String encoder,
      String decoder,
      List<String> files)
      throws IOException {
    ObjectNode manifest = Json.PLAIN.createObjectNode();
    manifest.put("formatVersion", 1);
    manifest.put("id", repository);
    manifest.put("revision", revision);
    manifest.put("layout", "merged");
    manifest.put("source", "fr");
    manifest.put("target", "en");
    manifest.put("license", license(directory));
    manifest.putObject("files").put("encoder", encoder).put("decoder", decoder);
    ObjectNode hashes = manifest.putObject("sha256");
    ObjectNode sizes = manifest.putObject("bytes");
    for (String file : files) {
      hashes.put(file, TranslationModel.sha256(directory.resolve(file)));
      sizes.put(file, Files.size(directory.resolve(file)));
    }
    JsonNode checked = manifest;
    Files.writeString(
        directory.resolve(Manifest.FILE),
        Json.PLAIN.writerWithDefaultPrettyPrinter().writeValueAsString(checked) + "\n");
  }

  private static String license(Path directory) throws IOException {
    Path card = directory.resolve("README.md");
    return Files.exists(card) ? license(Files.readString(card)) : UNSTATED;
  }

  /** The licence line of a model card's front matter. */
  private static String license(String card) {
    return card.lines()
        .filter(line -> line.startsWith("license:"))
        .findFirst()
        .map(line -> line.substring("license:".length()).strip())
        .orElse(UNSTATED);
  }
}
