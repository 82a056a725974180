package dev.verso.service.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.verso.decoding.SearchOptions;
import dev.verso.file.FileKind;
import dev.verso.text.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.http.codec.multipart.FormFieldPart;
import org.springframework.http.codec.multipart.Part;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads requests: JSON, forms, multipart forms, and bodies that are the article itself. */
public final class Requests {

  /** Among them those that turn the direction of writing, so that a name looks like another. */
  private static final Pattern INVISIBLE =
      Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Co}\\p{Cn}]");

  private static final int LONGEST_NAME = 200;
  private static final String READ = "verso.received";

  /**
   * A file as it came.
   *
   * @param name a label, never a path
   * @param field of the form; {@code file} if it was the body itself
   */
  // Large, handed over and never changed.
  @SuppressWarnings("ArrayRecordComponent")
  public record Upload(String name, byte[] bytes, String field) {}

  /**
   * A request as it came.
   *
   * @param fields of the JSON object or of the form, and of the query; repeated ones are arrays
   * @param files files of a multipart form, or the body itself
   * @param typed whether the fields are of JSON's types
   */
  public record Received(ObjectNode fields, List<Upload> files, boolean typed) {

    /**
     * The fields as a record.
     *
     * @throws Problem if a field is unknown or of the wrong type; the detail names it
     */
    public <T> T as(Class<T> type) {
      try {
        return typed
            ? Json.STRICT.treeToValue(fields, type)
            // A form does not say that one value is a list.
            : Json.PLAIN
                .readerFor(type)
                .with(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                .readValue(fields);
      } catch (JsonProcessingException e) {
        throw unfit(e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    public Optional<String> string(String name) {
      JsonNode value = fields.get(name);
      if (value == null || value.isNull()) {
        return Optional.empty();
      }
      JsonNode one = value.isArray() && value.size() == 1 ? value.get(0) : value;
      if (one.isContainerNode()) {
        throw Problem.badRequest("'" + name + "' is not a string");
      }
      return Optional.of(one.asText());
    }

    /** The file of a field of the form. */
    public Optional<Upload> file(String field) {
      return files.stream().filter(file -> file.field().equals(field)).findFirst();
    }

    /** The same without the files of a field. */
    public Received without(String field) {
      List<Upload> others = files.stream().filter(file -> !file.field().equals(field)).toList();
      return new Received(fields, others, typed);
    }

    public List<String> strings(String name) {
      JsonNode value = fields.get(name);
      if (value == null || value.isNull()) {
        return List.of();
      }
      List<String> strings = new ArrayList<>();
      for (JsonNode one :
          value.isArray() ? value : JsonNodeFactory.instance.arrayNode().add(value)) {
        if (one.isContainerNode() || one.isNull()) {
          throw Problem.badRequest("'" + name + "' holds something that is not a string");
        }
        strings.add(one.asText());
      }
      return strings;
    }

    public boolean flag(String name) {
      String value = string(name).orElse("false");
      return value.equals("1") || value.equalsIgnoreCase("true") || value.equalsIgnoreCase("on");
    }

    public boolean isList(String name) {
      return fields.path(name).isArray() && (typed || fields.path(name).size() > 1);
    }
  }

  private Requests() {}

  private static Problem unfit(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      Collection<Object> known = unknown.getKnownPropertyIds();
      return Problem.badRequest(
          "there is no field '"
              + cut(unknown.getPropertyName())
              + "'; there are "
              + (known == null
                  ? "others"
                  : known.stream()
                      .map(Object::toString)
                      .sorted()
                      .collect(Collectors.joining(", "))));
    }
    if (e instanceof MismatchedInputException mismatch) {
      String path =
          mismatch.getPath().stream()
              .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
              .collect(Collectors.joining("."));
      Class<?> wanted = mismatch.getTargetType();
      return Problem.badRequest(
          "'" + cut(path) + "' is not " + (wanted == null ? "as asked for" : kind(wanted)));
    }
    if (e instanceof JsonMappingException mapping
        && mapping.getCause() instanceof Problem problem) {
      return problem;
    }
    return Problem.badRequest("the body is not valid JSON: " + cut(e.getOriginalMessage()));
  }

  private static String kind(Class<?> type) {
    if (type == String.class) {
      return "a string";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
      return "a whole number that fits";
    }
    return Collection.class.isAssignableFrom(type) ? "a list" : "an object";
  }

  private static String cut(String text) {
    return text == null
        ? ""
        : text.length() > LONGEST_NAME ? text.substring(0, LONGEST_NAME) + "…" : text;
  }

  /** Reads whatever kind of request it is; a second time it is what was read before. */
  public static Mono<Received> read(ServerWebExchange exchange) {
    Received known = exchange.getAttribute(READ);
    return known != null
        ? Mono.just(known)
        : readOnce(exchange).doOnNext(received -> exchange.getAttributes().put(READ, received));
  }

  private static Mono<Received> readOnce(ServerWebExchange exchange) {
    MediaType type;
    try {
      type = exchange.getRequest().getHeaders().getContentType();
    } catch (org.springframework.http.InvalidMediaTypeException e) {
      return Mono.error(Problem.of(415, "media-type", "the Content-Type can't be read"));
    }
    MultiValueMap<String, String> query = exchange.getRequest().getQueryParams();
    if (type != null && type.isCompatibleWith(MediaType.APPLICATION_FORM_URLENCODED)) {
      return exchange
          .getFormData()
          .onErrorMap(
              IllegalArgumentException.class, e -> Problem.badRequest("the form is malformed"))
          .map(form -> new Received(object(List.of(query, form)), List.of(), false));
    }
    if (type != null && type.isCompatibleWith(MediaType.MULTIPART_FORM_DATA)) {
      return exchange
          .getMultipartData()
          .onErrorMap(
              e ->
                  !(e instanceof Problem)
                      && e instanceof RuntimeException
                      && !(e instanceof org.springframework.core.io.buffer.DataBufferLimitException)
                      && !(e.getCause() instanceof Problem),
              e -> Problem.badRequest("the multipart form is malformed"))
          .flatMap(parts -> multipart(query, parts));
    }
    Mono<byte[]> body = body(exchange);
    if (type == null || type.isCompatibleWith(MediaType.APPLICATION_JSON)) {
      return body.map(bytes -> json(query, bytes));
    }
    if (type.getType().equals("text")
        || type.isCompatibleWith(MediaType.APPLICATION_OCTET_STREAM)
        || isFile(type)) {
      String name = type.getSubtype().equals("html") ? "article.html" : "article.txt";
      return body.map(
          bytes -> {
            ObjectNode fields = object(List.of(query));
            String given = fields.path("name").asText("");
            return new Received(
                fields,
                List.of(new Upload(given.isEmpty() ? name : safe(given), bytes, "file")),
                false);
          });
    }
    return Mono.error(
        Problem.of(
            415,
            "media-type",
            "a body of type "
                + type.getType()
                + "/"
                + type.getSubtype()
                + " is not read; send application/json, multipart/form-data, text/plain or"
                + " text/html"));
  }

  /** A type of the files that are read, such as a PDF's; what it is, its content says. */
  private static boolean isFile(MediaType type) {
    String given = type.getType() + "/" + type.getSubtype();
    return Arrays.stream(FileKind.values())
        .anyMatch(kind -> kind.mediaType().split(";", 2)[0].equals(given));
  }

  private static Mono<byte[]> body(ServerWebExchange exchange) {
    return bytes(exchange.getRequest().getBody()).defaultIfEmpty(new byte[0]);
  }

  private static Mono<byte[]> bytes(Flux<DataBuffer> content) {
    return DataBufferUtils.join(content)
        .map(
            buffer -> {
              byte[] bytes = new byte[buffer.readableByteCount()];
              buffer.read(bytes);
              DataBufferUtils.release(buffer);
              return bytes;
            });
  }

  private static Received json(MultiValueMap<String, String> query, byte[] bytes) {
    if (bytes.length == 0) {
      // Some clients name a type where there is no body, too.
      return new Received(object(List.of(query)), List.of(), false);
    }
    try {
      JsonNode tree = Json.STRICT.readTree(bytes);
      if (tree instanceof ObjectNode fields) {
        return new Received(fields, List.of(), true);
      }
      throw Problem.badRequest("the body is JSON, but no object");
    } catch (JsonProcessingException e) {
      throw Problem.badRequest("the body is not valid JSON: " + cut(e.getOriginalMessage()));
    } catch (IOException e) {
      throw Problem.badRequest("the body is not in UTF-8");
    }
  }

  private static ObjectNode object(List<MultiValueMap<String, String>> maps) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    for (MultiValueMap<String, String> map : maps) {
      map.forEach((name, values) -> values.forEach(value -> put(fields, name, value)));
    }
    return fields;
  }

  private static void put(ObjectNode fields, String name, String value) {
    if (value == null) {
      return;
    }
    JsonNode before = fields.get(name);
    if (before == null) {
      fields.put(name, value);
    } else if (before instanceof ArrayNode array) {
      array.add(value);
    } else {
      fields.putArray(name).add(before).add(value);
    }
  }

  private static Mono<Received> multipart(
      MultiValueMap<String, String> query, MultiValueMap<String, Part> parts) {
    ObjectNode fields = object(List.of(query));
    return Flux.fromIterable(parts.entrySet())
        .concatMap((Map.Entry<String, List<Part>> entry) -> Flux.fromIterable(entry.getValue()))
        .concatMap(
            part -> {
              if (part instanceof FormFieldPart field) {
                put(fields, field.name(), field.value());
                return Mono.<Upload>empty();
              }
              String name = safe(part instanceof FilePart file ? file.filename() : part.name());
              return bytes(part.content())
                  .defaultIfEmpty(new byte[0])
                  .flatMap(
                      content ->
                          part.delete()
                              .onErrorComplete()
                              .thenReturn(new Upload(name, content, part.name())));
            })
        .collectList()
        .map(files -> new Received(fields, files, false));
  }

  /** A name that is fit to be shown: the last step of a path, nothing invisible, not long. */
  public static String safe(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    String visible = INVISIBLE.matcher(last).replaceAll("").strip();
    if (visible.isEmpty() || visible.startsWith("..")) {
      return "document";
    }
    return visible.length() > LONGEST_NAME
        ? visible.substring(visible.length() - LONGEST_NAME)
        : visible;
  }

  /**
   * The Idempotency-Key of a request, if it has one.
   *
   * @throws Problem if it is too long
   */
  public static Optional<String> idempotencyKey(ServerWebExchange exchange) {
    String key = exchange.getRequest().getHeaders().getFirst("Idempotency-Key");
    if (key != null && key.length() > LONGEST_NAME) {
      throw Problem.badRequest("the Idempotency-Key is longer than " + LONGEST_NAME);
    }
    return Optional.ofNullable(key).map(given -> given.replace("\u0000", ""));
  }

  /** An id that can be one: anything else is nowhere, and not for the database to look at. */
  public static String known(String id) {
    if (!id.matches("[0-9a-f-]{36}")) {
      throw Problem.notFound("there is no such id");
    }
    return id;
  }

  /** A beam that was asked for, or the default. */
  public static int beam(Integer asked) {
    int beam = asked == null ? 4 : asked;
    if (beam < 1 || beam > SearchOptions.MAX_BEAM) {
      throw Problem.badRequest(
          "'beam' is " + beam + "; a beam holds 1 to " + SearchOptions.MAX_BEAM + " hypotheses");
    }
    return beam;
  }

  /** A text that must be there. */
  public static String required(String name, String value) {
    if (value == null || value.isBlank()) {
      throw Problem.badRequest("'" + name + "' is missing");
    }
    return value;
  }

  /** One of the values that are allowed. */
  public static String oneOf(
      String name, String value, String standard, Collection<String> allowed) {
    String given =
        value == null || value.isBlank() ? standard : value.toLowerCase(java.util.Locale.ROOT);
    if (!allowed.contains(given)) {
      throw Problem.badRequest(
          "'" + name + "' is '" + cut(value) + "'; it can be " + String.join(", ", allowed));
    }
    return given;
  }
}
