package dev.verso.service.reader;

import dev.verso.service.http.Problem;
import dev.verso.service.http.Requires;
import dev.verso.service.http.Scope;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * The reading page and its files. Nothing is built: the browser gets the modules as they were
 * written, and finds lit-html, the one library, by the page's import map.
 */
@RestController
@Hidden
class ReaderController {

  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

  private static final Map<String, String> MEDIA_TYPES =
      Map.of(
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml");

  /** Files of the page by name, with where they lie. */
  private static final Map<String, String> FILES = files();

  private final byte[] page = bytes("index.html");
  private final String policy = policy(new String(page, StandardCharsets.UTF_8));

  private static Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    for (String name :
        new String[] {
          "reader.js",
          "api.js",
          "article.js",
          "highlights.js",
          "panels.js",
          "library.js",
          "anchors.js",
          "words.js",
          "reader.css",
          "verso.svg"
        }) {
      files.put(name, name);
    }
    files.put("shared.css", "/dev/verso/bitext/shared.css");
    files.put("lit-html.js", "/META-INF/resources/_static/lit-html/3.3.3/lit-html.js");
    return Map.copyOf(files);
  }

  /** The page. */
  @Requires(Scope.PUBLIC)
  @GetMapping("/")
  ResponseEntity<byte[]> page() {
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType("text/html; charset=utf-8"))
        .cacheControl(CacheControl.noCache())
        .header("Content-Security-Policy", policy)
        .body(page);
  }

  /** A file of the page. */
  @Requires(Scope.PUBLIC)
  @GetMapping("/reader/{file}")
  ResponseEntity<byte[]> file(ServerWebExchange exchange, @PathVariable String file) {
    String place = FILES.get(file);
    if (place == null) {
      throw Problem.notFound("the reading page has no file " + file);
    }
    byte[] bytes = bytes(place);
    String tag = "\"" + HexFormat.of().formatHex(sha256(bytes), 0, 12) + "\"";
    CacheControl cache = CacheControl.maxAge(Duration.ZERO).mustRevalidate();
    if (exchange.checkNotModified(tag)) {
      return ResponseEntity.status(304).eTag(tag).cacheControl(cache).build();
    }
    String extension = file.substring(file.lastIndexOf('.') + 1);
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(MEDIA_TYPES.get(extension)))
        .cacheControl(cache)
        .eTag(tag)
        .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        .body(bytes);
  }

  /** What the page may do: load its own files, call this service, run the import map. */
  private static String policy(String html) {
    Matcher map = IMPORT_MAP.matcher(html);
    if (!map.find()) {
      throw new IllegalStateException("the reading page has no import map");
    }
    String hash =
        Base64.getEncoder().encodeToString(sha256(map.group(1).getBytes(StandardCharsets.UTF_8)));
    return "default-src 'none'; script-src 'self' 'sha256-"
        + hash
        + "'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none';"
        + " form-action 'none'; frame-ancestors 'none'";
  }

  private static byte[] bytes(String place) {
    try (InputStream in = ReaderController.class.getResourceAsStream(place)) {
      if (in == null) {
        throw new IllegalStateException("the installation lacks " + place);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
