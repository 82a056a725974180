package dev.verso.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Results as they are sent. */
final class Responses {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Responses() {}

  /** A result that is printed already. */
  static ResponseEntity<byte[]> of(String mediaType, String text) {
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(mediaType))
        .body(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A value as JSON. */
  static ResponseEntity<byte[]> json(Object value) {
    return json(200, value);
  }

  /** A value as JSON, with a status. */
  static ResponseEntity<byte[]> json(int status, Object value) {
    try {
      return ResponseEntity.status(status)
          .contentType(MediaType.APPLICATION_JSON)
          .body(MAPPER.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
