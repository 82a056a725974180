package dev.verso.translation;

import dev.verso.decoding.SearchOptions;

/**
 * How a document is translated.
 *
 * @param search beam and limits of the search
 * @param boilerplate whether comment forms, share buttons and the like are translated too
 * @param glossary terms whose translation is given
 * @param memory segments whose translation is given
 * @param links whether words are linked
 */
public record TranslationOptions(
    SearchOptions search,
    boolean boilerplate,
    Glossary glossary,
    TranslationMemory memory,
    WordLinks links) {

  /** Beam 4, boilerplate left alone, words linked. */
  public static final TranslationOptions DEFAULT = ofBeam(4);

  /** Boilerplate left alone, words linked, without a glossary or a memory. */
  public static TranslationOptions ofBeam(int beam) {
    return new TranslationOptions(
        SearchOptions.ofBeam(beam),
        false,
        Glossary.EMPTY,
        TranslationMemory.EMPTY,
        WordLinks.WORDS);
  }

  /** The same with another beam. */
  public TranslationOptions withBeam(int beam) {
    return new TranslationOptions(SearchOptions.ofBeam(beam), boilerplate, glossary, memory, links);
  }

  /** The same with another glossary. */
  public TranslationOptions withGlossary(Glossary other) {
    return new TranslationOptions(search, boilerplate, other, memory, links);
  }

  /** The same with another memory. */
  public TranslationOptions withMemory(TranslationMemory other) {
    return new TranslationOptions(search, boilerplate, glossary, other, links);
  }

  /** The same, boilerplate translated too or left alone. */
  public TranslationOptions withBoilerplate(boolean translated) {
    return new TranslationOptions(search, translated, glossary, memory, links);
  }

  /** The same, with or without word links. */
  public TranslationOptions withLinks(WordLinks other) {
    return new TranslationOptions(search, boilerplate, glossary, memory, other);
  }
}
