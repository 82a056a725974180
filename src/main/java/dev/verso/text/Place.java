package dev.verso.text;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Where in a file a stretch of its text stands.
 *
 * @param span the stretch, in the text that was taken from the file
 * @param kind what is counted
 * @param number which one it is, from 1
 * @param label what the file itself calls it, such as a cue's times; empty if nothing
 */
public record Place(TextSpan span, Kind kind, int number, String label) {

  /** What is counted in a file. */
  public enum Kind {
    /** Of Word, PowerPoint, Excel (a cell) and OpenDocument, in the order of the file. */
    PARAGRAPH,
    /** Of a PDF. */
    PAGE,
    /** Of subtitles. */
    CUE,
    /** Of XLIFF. */
    SEGMENT;

    /** As in JSON. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @throws IllegalArgumentException if the number is not positive
   */
  public Place {
    Objects.requireNonNull(span);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(label);
    if (number < 1) {
      throw new IllegalArgumentException("places are counted from 1, not " + number);
    }
  }

  /** As people say it: {@code page 2}. */
  @Override
  public String toString() {
    return kind.label() + " " + number + (label.isEmpty() ? "" : " (" + label + ")");
  }

  /**
   * Writes the field {@code place} with the place of an offset, {@code {"kind","number","label"?}},
   * or nothing if the document has no places.
   */
  public static void write(JsonGenerator json, String field, Document document, int offset)
      throws IOException {
    Optional<Place> place = document.placeOf(offset);
    if (place.isPresent()) {
      json.writeObjectFieldStart(field);
      json.writeStringField("kind", place.get().kind.label());
      json.writeNumberField("number", place.get().number);
      if (!place.get().label.isEmpty()) {
        json.writeStringField("label", place.get().label);
      }
      json.writeEndObject();
    }
  }

  /** As {@link #write}, into a tree. */
  public static void put(ObjectNode node, String field, Document document, int offset) {
    document
        .placeOf(offset)
        .ifPresent(
            place -> {
              ObjectNode object = node.putObject(field);
              object.put("kind", place.kind.label()).put("number", place.number);
              if (!place.label.isEmpty()) {
                object.put("label", place.label);
              }
            });
  }
}
