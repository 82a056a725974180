package dev.verso.service.deepl;

import dev.verso.file.Glossaries;
import dev.verso.file.TagRules;
import dev.verso.service.http.Caller;
import dev.verso.service.http.Problem;
import dev.verso.service.http.Requests;
import dev.verso.service.http.Requests.Received;
import dev.verso.store.GlossaryStore;
import dev.verso.translation.SentenceForm;
import dev.verso.translation.Splitting;
import dev.verso.translation.TranslationOptions;
import dev.verso.usecase.TranslateTexts;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Reads what DeepL's clients ask of a translation. What they may ask and Verso can't do is refused
 * by name; what changes nothing, such as a context, is accepted.
 */
@Component
class Parameters {

  private static final Set<String> TARGETS = Set.of("EN", "EN-GB", "EN-US");
  private static final Set<String> HARMLESS_FORMALITIES =
      Set.of("default", "prefer_more", "prefer_less");
  private static final Set<String> MODELS =
      Set.of("quality_optimized", "latency_optimized", "prefer_quality_optimized");
  private static final Set<String> TAG_HANDLING_VERSIONS = Set.of("v1", "v2");

  /** What Verso lacks, and what to do instead. */
  private static final Map<String, String> LACKING =
      Map.of(
          "style_id", "there are no style rules",
          "custom_instructions", "the translation follows no instructions",
          "translation_memory_id", "send it as 'memory' to /v1/translate or /v1/jobs",
          "translation_memory_threshold", "a translation memory is used for exact matches");

  private final GlossaryStore glossaries;

  Parameters(GlossaryStore glossaries) {
    this.glossaries = glossaries;
  }

  private static Problem unsupported(String name, String why) {
    return Problem.badRequest("Value for '" + name + "' not supported: " + why);
  }

  private static Optional<String> given(Received received, String name) {
    return received.string(name).map(String::strip).filter(value -> !value.isEmpty());
  }

  /**
   * The language that the caller says the texts are in, if it does.
   *
   * @throws Problem if the languages are not French and English, or something else is asked for
   *     that Verso lacks
   */
  static boolean requireSupported(Received received) {
    String target =
        given(received, "target_lang")
            .orElseThrow(() -> Problem.badRequest("Parameter 'target_lang' not specified."));
    if (!TARGETS.contains(target.toUpperCase(Locale.ROOT))) {
      throw unsupported("target_lang", "it can be EN, EN-GB or EN-US");
    }
    Optional<String> source = given(received, "source_lang");
    if (source.isPresent() && !source.get().equalsIgnoreCase("FR")) {
      throw unsupported("source_lang", "it can be FR, or left out");
    }
    for (Map.Entry<String, String> lacking : LACKING.entrySet()) {
      if (!received.strings(lacking.getKey()).isEmpty()) {
        throw Problem.badRequest(
            "Parameter '"
                + lacking.getKey()
                + "' is not supported: "
                + lacking.getValue()
                + ". Leave it out.");
      }
    }
    oneOf(received, "model_type", MODELS);
    String formality = given(received, "formality").orElse("default").toLowerCase(Locale.ROOT);
    if (!HARMLESS_FORMALITIES.contains(formality)) {
      throw unsupported(
          "formality",
          "English has no formal and informal forms of address; leave it out, or send default,"
              + " prefer_more or prefer_less");
    }
    return source.isPresent();
  }

  private static Optional<String> oneOf(Received received, String name, Set<String> values) {
    Optional<String> value = given(received, name).map(one -> one.toLowerCase(Locale.ROOT));
    if (value.isPresent() && !values.contains(value.get())) {
      throw unsupported(
          name, "it can be " + values.stream().sorted().collect(Collectors.joining(", ")));
    }
    return value;
  }

  private static boolean flag(Received received, String name, boolean standard) {
    String value = given(received, name).orElse(standard ? "1" : "0").toLowerCase(Locale.ROOT);
    return switch (value) {
      case "1", "true" -> true;
      case "0", "false" -> false;
      default -> throw unsupported(name, "it can be 0 or 1");
    };
  }

  /**
   * How texts are to be translated.
   *
   * @throws Problem if a value is none that there is
   */
  static TranslateTexts.Manner manner(Received received) {
    TranslateTexts.Kind kind =
        switch (oneOf(received, "tag_handling", Set.of("html", "xml")).orElse("")) {
          case "html" -> TranslateTexts.Kind.HTML;
          case "xml" -> TranslateTexts.Kind.XML;
          default -> TranslateTexts.Kind.TEXT;
        };
    oneOf(received, "tag_handling_version", TAG_HANDLING_VERSIONS);
    Splitting splitting =
        switch (oneOf(received, "split_sentences", Set.of("0", "1", "nonewlines")).orElse("")) {
          case "0" -> Splitting.NONE;
          case "1" -> Splitting.LINES;
          case "nonewlines" -> Splitting.PUNCTUATION;
          default -> Splitting.AUTO;
        };
    return new TranslateTexts.Manner(
        kind,
        tags(received, kind),
        new SentenceForm(splitting, flag(received, "preserve_formatting", false)));
  }

  private static TagRules tags(Received received, TranslateTexts.Kind kind) {
    boolean outline = flag(received, "outline_detection", true);
    Set<String> splitting = names(received, "splitting_tags");
    Set<String> nonSplitting = names(received, "non_splitting_tags");
    Set<String> ignored = names(received, "ignore_tags");
    if (kind != TranslateTexts.Kind.XML) {
      requireXml("splitting_tags", splitting.isEmpty());
      requireXml("non_splitting_tags", nonSplitting.isEmpty());
      requireXml("outline_detection", outline);
    }
    if (kind == TranslateTexts.Kind.TEXT && !ignored.isEmpty()) {
      throw unsupported("ignore_tags", "it needs tag_handling xml or html");
    }
    return new TagRules(outline, splitting, nonSplitting, ignored);
  }

  private static void requireXml(String name, boolean unused) {
    if (!unused) {
      throw unsupported(name, "it needs tag_handling xml");
    }
  }

  /** Names that came as a list or joined by commas. */
  private static Set<String> names(Received received, String name) {
    return received.strings(name).stream()
        .flatMap(value -> List.of(value.split(",")).stream())
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * The glossary that is asked for, if any.
   *
   * @throws Problem if there is no such glossary, or several are asked for
   */
  Optional<String> glossaryId(Received received, Caller caller) {
    Set<String> ids = names(received, "glossary_ids");
    ids.addAll(names(received, "glossary_id"));
    if (ids.size() > 1) {
      throw unsupported("glossary_ids", "a translation uses one glossary; name one");
    }
    Optional<String> id = ids.stream().findFirst();
    id.ifPresent(one -> terms(caller, one));
    return id;
  }

  /** The options of a translation at once: the default, with the glossary that is asked for. */
  TranslationOptions options(Received received, Caller caller) {
    return glossaryId(received, caller)
        .map(id -> TranslationOptions.DEFAULT.withGlossary(Glossaries.of(terms(caller, id))))
        .orElse(TranslationOptions.DEFAULT);
  }

  /** The terms of a caller's glossary. */
  Map<String, String> terms(Caller caller, String id) {
    return glossaries
        .terms(caller.owner(), Requests.known(id))
        .orElseThrow(() -> Problem.notFound("Glossary not found"));
  }
}
