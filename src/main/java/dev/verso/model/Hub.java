package dev.verso.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
    if (!repository.matches("[\\w.-]+/[\\w.-]+")) {
      throw new ModelException("'" + repository + "' is not a repository: write OWNER/NAME");
    }
    try {
      Files.createDirectories(directory);
      String root = base + "/" + repository + "/resolve/" + revision + "/";
      if (fetch(root, Manifest.FILE, directory, transfer, false)) {
        Manifest manifest = Manifest.read(directory);
        for (String file : new TreeMap<>(manifest.sha256()).keySet()) {
          fetch(root, safe(file), directory, transfer, true);
        }
        return;
      }
      List<String> files = new ArrayList<>(REQUIRED);
      String encoder = "onnx/encoder_model" + precision.suffix + ".onnx";
      String decoder = "onnx/decoder_model_merged" + precision.suffix + ".onnx";
      files.add(encoder);
      files.add(decoder);
      for (String file : files) {
        fetch(root, file, directory, transfer, true);
      }
      for (String file : OPTIONAL) {
        if (fetch(root, file, directory, transfer, false)) {
          files.add(file);
        }
      }
      writeManifest(repository, revision, directory, encoder, decoder, files);
    } catch (FileNotFoundException e) {
      throw new ModelException(
          e.getMessage()
              + ": not found on the hub. Check the repository, --revision and --precision; a "
              + "repository must contain an export of an opus-mt model",
          e);
    } catch (IOException e) {
      throw new ModelException(
          "fetching "
              + repository
              + " from "
              + base
              + " failed: "
              + reason(e)
              + ". What was received is kept; run the command again to continue",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException("fetching " + repository + " was interrupted", e);
    }
  }

  /** A file name from a manifest must not lead out of the model's folder. */
  /** Java's client leaves the message of what can't be reached empty. */
  private static String reason(IOException error) {
    boolean unreached = false;
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return "no such host is known here; --hub names another hub, and behind a proxy Java needs"
            + " VERSO_OPTS=-Dhttps.proxyHost=…";
      }
      unreached |= cause instanceof ConnectException;
    }
    if (unreached) {
      return "it can't be reached: nobody answers there";
    }
    return error.getMessage() == null ? error.toString() : error.getMessage();
  }

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
      URI next =
          response
              .uri()
              .resolve(
                  response
                      .headers()
                      .firstValue("Location")
                      .orElseThrow(() -> new IOException("a redirect without an address")));
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
        case 206 -> {}
        case 401, 403 ->
            throw new ModelException(
                "the hub denies access to " + address + ": pass --token or set HF_TOKEN");
        case 404 -> throw new FileNotFoundException(address.toString());
        case 416 -> {
          // What was received is longer than the file: it belongs to another version.
          Files.deleteIfExists(partial);
          throw new IOException("the file changed on the hub");
        }
        default -> throw new IOException("status " + response.statusCode() + " for " + address);
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
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofMinutes(5))
            .header("User-Agent", "verso");
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
    }
    if (token.isPresent()
        && base.getAuthority().equals(address.getAuthority())
        && base.getScheme().equals(address.getScheme())) {
      request.header("Authorization", "Bearer " + token.get());
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
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

  /** The licence line of the model card's front matter. */
  private static String license(Path directory) throws IOException {
    Path card = directory.resolve("README.md");
    if (!Files.exists(card)) {
      return "not stated";
    }
    for (String line : Files.readString(card).split("\n")) {
      if (line.startsWith("license:")) {
        return line.substring(8).strip();
      }
    }
    return "not stated";
  }
}
