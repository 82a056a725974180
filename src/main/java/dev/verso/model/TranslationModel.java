package dev.verso.model;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.verso.text.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A model directory, loaded: both tokenizers and the network.
 *
 * <p>Two kinds of directory are read: our own, described by its {@code manifest.json}, and an
 * export of an opus-mt model in the layout of Optimum and transformers.js ({@code config.json},
 * {@code vocab.json}, {@code source.spm}, {@code target.spm}, {@code encoder_model.onnx}, {@code
 * decoder_model_merged.onnx}, the graphs possibly in a folder {@code onnx}).
 *
 * <p>Thread-safe. Owns native memory: close it.
 */
public final class TranslationModel implements AutoCloseable {

  private final Manifest manifest;
  private final String sha256;
  private final Tokenizer source;
  private final Tokenizer target;
  private final Network network;
  private final Optional<WordList> words;
  private final Optional<WordList> translatedWords;
  private final Optional<PieceLexicon> lexicon;
  private final Optional<NgramModel> ngrams;

  private TranslationModel(
      Manifest manifest,
      String sha256,
      Tokenizer source,
      Tokenizer target,
      Network network,
      Optional<WordList> words,
      Optional<WordList> translatedWords,
      Optional<PieceLexicon> lexicon,
      Optional<NgramModel> ngrams) {
    this.manifest = manifest;
    this.sha256 = sha256;
    this.source = source;
    this.target = target;
    this.network = network;
    this.words = words;
    this.translatedWords = translatedWords;
    this.lexicon = lexicon;
    this.ngrams = ngrams;
  }

  /**
   * Loads the model in {@code directory}.
   *
   * @throws ModelException if the directory contains no model, or a file is missing or damaged
   */
  public static TranslationModel load(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new ModelException(
          "the model directory " + directory + " is missing; name one with --model");
    }
    if (Files.isRegularFile(directory.resolve(Manifest.FILE))) {
      Manifest manifest = Manifest.read(directory);
      verifySizes(directory, manifest);
      return switch (manifest.layout()) {
        case "fast" -> loadFast(directory, manifest);
        case "merged" -> loadMerged(directory, manifest);
        default ->
            throw new ModelException(
                directory.resolve(Manifest.FILE)
                    + " names the layout "
                    + manifest.layout()
                    + "; the known ones are fast and merged");
      };
    }
    if (Files.isRegularFile(directory.resolve("config.json"))) {
      return loadMerged(directory, null);
    }
    throw new ModelException(
        directory
            + " contains neither manifest.json nor config.json, so it is not a model directory");
  }

  private static void verifySizes(Path directory, Manifest manifest) {
    manifest.sha256().keySet().stream()
        .sorted()
        .map(directory::resolve)
        .filter(file -> !Files.isRegularFile(file))
        .findFirst()
        .ifPresent(
            file -> {
              throw new ModelException("the model file " + file + " is missing");
            });
  }

  private static TranslationModel loadFast(Path directory, Manifest manifest) {
    Tokenizer source =
        Tokenizer.joint(
            directory.resolve(manifest.tokenizer().get("source")), manifest.placeholders());
    boolean joint = manifest.tokenizer().get("source").equals(manifest.tokenizer().get("target"));
    Tokenizer target =
        joint
            ? source
            : Tokenizer.joint(
                directory.resolve(manifest.tokenizer().get("target")), manifest.placeholders());
    return finish(directory, manifest, source, target);
  }

  private static TranslationModel loadMerged(Path directory, Manifest given) {
    try {
      JsonNode config = Json.PLAIN.readTree(Files.readAllBytes(directory.resolve("config.json")));
      JsonNode generation = config;
      Path generationFile = directory.resolve("generation_config.json");
      if (Files.isRegularFile(generationFile)) {
        generation = Json.PLAIN.readTree(Files.readAllBytes(generationFile));
      }
      Map<String, Integer> vocabulary =
          Json.PLAIN.readValue(
              Files.readAllBytes(directory.resolve("vocab.json")), new TypeReference<>() {});
      Integer unknown = vocabulary.get("<unk>");
      int pad = id(generation, config, "pad_token_id");
      Manifest.Tokens tokens =
          new Manifest.Tokens(
              id(generation, config, "eos_token_id"),
              unknown == null ? pad : unknown,
              pad,
              id(generation, config, "decoder_start_token_id"));
      int size = config.path("decoder_vocab_size").asInt(config.path("vocab_size").asInt());
      Manifest.Architecture architecture =
          new Manifest.Architecture(
              config.path("d_model").asInt(),
              config.path("decoder_attention_heads").asInt(),
              config.path("decoder_layers").asInt(),
              size,
              config.path("max_position_embeddings").asInt(512));
      Manifest manifest =
          new Manifest(
              given != null ? given.id() : nameOf(directory, config),
              "fr",
              "en",
              "merged",
              given == null ? null : given.license(),
              tokens,
              architecture,
              Map.of("source", "source.spm", "target", "target.spm"),
              given == null ? null : given.files(),
              given == null ? null : given.sha256(),
              given == null ? null : given.quality(),
              List.of(),
              1);
      return finish(
          directory,
          manifest,
          Tokenizer.mapped(directory.resolve("source.spm"), vocabulary, tokens.unk()),
          Tokenizer.mapped(directory.resolve("target.spm"), vocabulary, tokens.unk()));
    } catch (IOException e) {
      throw new ModelException(
          "the model in " + directory + " is not complete: " + e.getMessage(), e);
    }
  }

  private static int id(JsonNode generation, JsonNode config, String name) {
    JsonNode value = generation.has(name) ? generation.get(name) : config.get(name);
    if (value == null || !value.isInt()) {
      throw new ModelException("neither generation_config.json nor config.json gives " + name);
    }
    return value.asInt();
  }

  private static String nameOf(Path directory, JsonNode config) {
    String name = config.path("_name_or_path").asText("");
    String last = name.substring(name.lastIndexOf('/') + 1);
    return last.isBlank() ? directory.toAbsolutePath().getFileName().toString() : last;
  }

  private static TranslationModel finish(
      Path directory, Manifest manifest, Tokenizer source, Tokenizer target) {
    try {
      Optional<WordList> words = words(directory, manifest, "words");
      Optional<WordList> translated = words(directory, manifest, "translated");
      Optional<PieceLexicon> lexicon =
          Optional.ofNullable(manifest.files().get("lexicon"))
              .map(directory::resolve)
              .map(file -> PieceLexicon.read(file, manifest.architecture().vocabularySize()));
      Optional<NgramModel> ngrams =
          Optional.ofNullable(manifest.files().get("ngrams"))
              .map(directory::resolve)
              .map(file -> NgramModel.read(file, manifest.architecture().vocabularySize()));
      Network network =
          manifest.layout().equals("fast")
              ? FastNetwork.load(directory, manifest)
              : MergedNetwork.load(directory, manifest);
      String hash = hash(directory, manifest);
      return new TranslationModel(
          manifest, hash, source, target, network, words, translated, lexicon, ngrams);
    } catch (RuntimeException | IOException e) {
      source.close();
      target.close();
      if (e instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw new ModelException("can't read " + directory + ": " + e.getMessage(), e);
    }
  }

  private static Optional<WordList> words(Path directory, Manifest manifest, String name) {
    return Optional.ofNullable(manifest.files().get(name))
        .map(directory::resolve)
        .map(WordList::read);
  }

  /** One hash for the whole model: over the manifest's hashes, else over the small files. */
  private static String hash(Path directory, Manifest manifest) throws IOException {
    StringBuilder all = new StringBuilder();
    if (!manifest.sha256().isEmpty()) {
      new TreeMap<>(manifest.sha256())
          .forEach((name, hash) -> all.append(name).append(' ').append(hash).append('\n'));
    } else {
      for (String name : List.of("config.json", "source.spm", "target.spm", "vocab.json")) {
        all.append(name).append(' ').append(sha256(directory.resolve(name))).append('\n');
      }
    }
    return HexFormat.of()
        .formatHex(digest().digest(all.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /** SHA-256 of a file in lower-case hexadecimal digits. */
  static String sha256(Path file) throws IOException {
    MessageDigest digest = digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * How many graphs and scopes of tensors are open in this Java virtual machine; 0 once every model
   * and every decoding state is closed. For tests and metrics.
   */
  public static long openNativeResources() {
    return Graph.OPEN.get();
  }

  /** The model's manifest. */
  public Manifest manifest() {
    return manifest;
  }

  /** A hash that changes with the model's files. */
  public String sha256() {
    return sha256;
  }

  /** Cuts the source. */
  public Tokenizer sourceTokenizer() {
    return source;
  }

  /** Joins the target, and cuts given targets for forced decoding. */
  public Tokenizer targetTokenizer() {
    return target;
  }

  /** The words of the target language that the model has seen, if it has a list of them. */
  public Optional<WordList> words() {
    return words;
  }

  /** Words of the source language that have another form in the target's, if it lists them. */
  public Optional<WordList> translatedWords() {
    return translatedWords;
  }

  /** How pieces of a source are translated, if the model has counts of it. */
  public Optional<PieceLexicon> lexicon() {
    return lexicon;
  }

  /** How likely the target language's pieces follow each other, if the model has counts of it. */
  public Optional<NgramModel> ngrams() {
    return ngrams;
  }

  /** The network. */
  public Network network() {
    return network;
  }

  @Override
  public void close() {
    network.close();
    source.close();
    if (target != source) {
      target.close();
    }
  }
}
