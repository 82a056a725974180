package dev.verso.service.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.verso.store.JobStore;
import dev.verso.text.Json;
import java.nio.charset.StandardCharsets;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Results as they are sent. */
public final class Responses {

  private Responses() {}

  /** A result that is printed already. */
  public static ResponseEntity<byte[]> of(String mediaType, String text) {
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(mediaType))
        .body(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A value as JSON. */
  public static ResponseEntity<byte[]> json(Object value) {
    return json(200, value);
  }

  /** A value as JSON, with a status. */
  public static ResponseEntity<byte[]> json(int status, Object value) {
    try {
      return ResponseEntity.status(status)
          .contentType(MediaType.APPLICATION_JSON)
          .body(Json.PLAIN.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A result as a file; pages are sandboxed by the headers of every answer. */
  public static ResponseEntity<byte[]> file(JobStore.Result result) {
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(result.mediaType()))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename(result.name(), StandardCharsets.UTF_8)
                .build()
                .toString())
        .body(result.bytes());
  }
}
