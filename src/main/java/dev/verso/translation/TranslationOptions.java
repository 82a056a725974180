package dev.verso.translation;

import dev.verso.decoding.SearchOptions;

/**
 * How a document is translated.
 *
 * @param search beam and limits of the search
 * @param boilerplate whether comment forms, share buttons and the like are translated too
 * @param glossary terms whose translation is given
 * @param memory segments whose translation is given
 */
public record TranslationOptions(
    SearchOptions search, boolean boilerplate, Glossary glossary, TranslationMemory memory) {

  /** Beam 4, boilerplate left alone. */
  public static final TranslationOptions DEFAULT =
      new TranslationOptions(SearchOptions.ofBeam(4), false);

  /** Without a glossary or a memory. */
  public TranslationOptions(SearchOptions search, boolean boilerplate) {
    this(search, boilerplate, Glossary.EMPTY, TranslationMemory.EMPTY);
  }

  /** The same with another beam. */
  public TranslationOptions withBeam(int beam) {
    return new TranslationOptions(SearchOptions.ofBeam(beam), boilerplate, glossary, memory);
  }

  /** The same with another glossary. */
  public TranslationOptions withGlossary(Glossary other) {
    return new TranslationOptions(search, boilerplate, other, memory);
  }

  /** The same with another memory. */
  public TranslationOptions withMemory(TranslationMemory other) {
    return new TranslationOptions(search, boilerplate, glossary, other);
  }

  /** The same, boilerplate translated too. */
  public TranslationOptions withBoilerplate() {
    return new TranslationOptions(search, true, glossary, memory);
  }
}
