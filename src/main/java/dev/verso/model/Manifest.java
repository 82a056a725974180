package dev.verso.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.verso.text.JsonValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What {@code manifest.json} in a model directory says about the model.
 *
 * @param id the model's name, as printed in results
 * @param source language code of the input, such as {@code fr}
 * @param target language code of the output
 * @param layout {@code fast} or {@code merged}
 * @param license under which the weights may be used
 * @param tokens ids of the special pieces
 * @param architecture the sizes that the network's cache needs
 * @param tokenizer file names of the SentencePiece models of both sides, {@code source} and {@code
 *     target}
 * @param files file names of the graphs, by role
 * @param sha256 hash of each file, by file name
 * @param quality weights of the quality estimate, empty if none were fitted
 * @param placeholders ids of the pieces that carry protected text through a translation
 * @param attentionShift how many steps late the attention is reported: 1 if the step that reads a
 *     piece reports where that piece came from, 0 if it reports where the piece being written comes
 *     from
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Manifest(
    String id,
    String source,
    String target,
    String layout,
    String license,
    Tokens tokens,
    Architecture architecture,
    Map<String, String> tokenizer,
    Map<String, String> files,
    Map<String, String> sha256,
    List<Double> quality,
    List<Integer> placeholders,
    int attentionShift) {

  /**
   * Ids of the special pieces.
   *
   * @param eos ends a sentence
   * @param unk stands for unknown text
   * @param pad fills a batch
   * @param start is the decoder's first input
   */
  public record Tokens(int eos, int unk, int pad, int start) {}

  /**
   * The sizes of the network.
   *
   * @param d_model width
   * @param heads attention heads of a layer
   * @param decoderLayers layers of the decoder
   * @param vocabularySize pieces, including padding
   * @param maxPositions longest input in pieces
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @SuppressWarnings("checkstyle:ParameterName")
  public record Architecture(
      int d_model, int heads, int decoderLayers, int vocabularySize, int maxPositions) {}

  static final String FILE = "manifest.json";

  /** Fills in what a manifest may omit. */
  public Manifest {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(layout, "layout");
    source = Objects.requireNonNullElse(source, "fr");
    target = Objects.requireNonNullElse(target, "en");
    license = Objects.requireNonNullElse(license, "unknown");
    tokenizer = tokenizer == null ? Map.of() : Map.copyOf(tokenizer);
    files = files == null ? Map.of() : Map.copyOf(files);
    sha256 = sha256 == null ? Map.of() : Map.copyOf(sha256);
    quality = quality == null ? List.of() : List.copyOf(quality);
    placeholders = placeholders == null ? List.of() : List.copyOf(placeholders);
    if (attentionShift < 0 || attentionShift > 1) {
      throw new IllegalArgumentException(
          "attentionShift " + attentionShift + " is neither 0 nor 1");
    }
  }

  /**
   * Reads the manifest of a model directory.
   *
   * @throws ModelException if it is missing or malformed
   */
  static Manifest read(Path directory) {
    Path file = directory.resolve(FILE);
    try {
      return parse(Files.readAllBytes(file), file.toString());
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  /**
   * Reads a manifest.
   *
   * @param place where it is from, for messages
   * @throws ModelException if it is malformed
   */
  static Manifest parse(byte[] json, String place) {
    try {
      return of(JsonValues.object(json));
    } catch (IOException | RuntimeException e) {
      throw unreadable(place, e);
    }
  }

  private static ModelException unreadable(String place, Exception cause) {
    return new ModelException("can't read " + place + ": " + cause.getMessage(), cause);
  }

  private static Manifest of(Map<String, Object> json) {
    Map<?, ?> tokens = field(json, "tokens", Map.class, Map.of());
    Map<?, ?> sizes = field(json, "architecture", Map.class, Map.of());
    return new Manifest(
        field(json, "id", String.class, null),
        field(json, "source", String.class, null),
        field(json, "target", String.class, null),
        field(json, "layout", String.class, null),
        field(json, "license", String.class, null),
        new Tokens(
            whole(tokens, "eos"),
            whole(tokens, "unk"),
            whole(tokens, "pad"),
            whole(tokens, "start")),
        new Architecture(
            whole(sizes, "d_model"),
            whole(sizes, "heads"),
            whole(sizes, "decoderLayers"),
            whole(sizes, "vocabularySize"),
            whole(sizes, "maxPositions")),
        strings(json, "tokenizer"),
        strings(json, "files"),
        strings(json, "sha256"),
        numbers(json, "quality").stream().map(Number::doubleValue).toList(),
        numbers(json, "placeholders").stream().map(Number::intValue).toList(),
        whole(json, "attentionShift"));
  }

  private static <T> T field(Map<?, ?> json, String name, Class<T> type, T otherwise) {
    Object value = json.get(name);
    if (value == null) {
      return otherwise;
    }
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException("\"" + name + "\" is not as it should be: " + value);
    }
    return type.cast(value);
  }

  private static int whole(Map<?, ?> json, String name) {
    return field(json, name, Integer.class, 0);
  }

  private static Map<String, String> strings(Map<?, ?> json, String name) {
    Map<?, ?> values = field(json, name, Map.class, Map.of());
    Map<String, String> strings = new LinkedHashMap<>();
    for (Object key : values.keySet()) {
      strings.put((String) key, field(values, (String) key, String.class, null));
    }
    return strings;
  }

  private static List<Number> numbers(Map<?, ?> json, String name) {
    List<Number> numbers = new ArrayList<>();
    for (Object value : field(json, name, List.class, List.of())) {
      if (!(value instanceof Number number)) {
        throw new IllegalArgumentException("\"" + name + "\" holds no number: " + value);
      }
      numbers.add(number);
    }
    return numbers;
  }
}
