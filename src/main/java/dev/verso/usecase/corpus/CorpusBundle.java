package dev.verso.usecase.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.verso.text.InputException;
import dev.verso.text.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * What a corpus of a job is built from, and what it becomes, as one ZIP archive that is made and
 * read only here: {@code options.json} and {@code inputs/NAME}.
 *
 * @param deduplication {@code none}, {@code exact} or {@code near}
 * @param personalData {@code keep}, {@code mask} or {@code drop}
 * @param inputs contents of files by name, without folders
 */
public record CorpusBundle(String deduplication, String personalData, Map<String, byte[]> inputs) {

  private static final String OPTIONS = "options.json";
  private static final String INPUTS = "inputs/";

  /** Copies the map. */
  public CorpusBundle {
    inputs = Map.copyOf(new TreeMap<>(inputs));
    for (String name : inputs.keySet()) {
      if (name.isBlank() || name.contains("/") || name.contains("\\") || name.startsWith(".")) {
        throw new InputException("'" + name + "' is no name of a file");
      }
      // Such a list names files of the machine that reads it, which are nobody's to ask for.
      if (name.toLowerCase(Locale.ROOT).endsWith(".tsv")) {
        throw new InputException(
            name + ": lists of paired files are not read here; send the documents themselves");
      }
      // A few bytes of it can say that a column has gigabytes, which are unpacked at once.
      if (name.toLowerCase(Locale.ROOT).endsWith(".parquet")) {
        throw new InputException(
            name + ": Parquet is not read here; send lines of JSON, or 'documents'");
      }
    }
  }

  /** The bundle as an archive. */
  public byte[] packed() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      ObjectNode options = Json.PLAIN.createObjectNode();
      options.put("dedup", deduplication).put("personalData", personalData);
      put(zip, OPTIONS, Json.PLAIN.writeValueAsBytes(options));
      for (Map.Entry<String, byte[]> input : new TreeMap<>(inputs).entrySet()) {
        put(zip, INPUTS + input.getKey(), input.getValue());
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0); // the same content gives the same archive
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  /** The bundle that was packed. */
  static CorpusBundle unpacked(byte[] archive) {
    Map<String, byte[]> inputs = new TreeMap<>();
    JsonNode options = Json.PLAIN.createObjectNode();
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(archive), StandardCharsets.UTF_8)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        byte[] content = zip.readAllBytes();
        if (entry.getName().equals(OPTIONS)) {
          options = Json.PLAIN.readTree(content);
        } else if (entry.getName().startsWith(INPUTS)) {
          inputs.put(entry.getName().substring(INPUTS.length()), content);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new CorpusBundle(
        options.path("dedup").asText("near"), options.path("personalData").asText("keep"), inputs);
  }

  /** Writes the inputs into a folder. */
  List<Path> written(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<Path> files = new java.util.ArrayList<>();
    for (Map.Entry<String, byte[]> input : new TreeMap<>(inputs).entrySet()) {
      files.add(Files.write(folder.resolve(input.getKey()), input.getValue()));
    }
    return List.copyOf(files);
  }
}
