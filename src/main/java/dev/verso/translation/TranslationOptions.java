package dev.verso.translation;

import dev.verso.decoding.SearchOptions;

/**
 * How a document is translated.
 *
 * @param search beam and limits of the search
 * @param boilerplate whether comment forms, share buttons and the like are translated too
 */
public record TranslationOptions(SearchOptions search, boolean boilerplate) {

  /** Beam 4, boilerplate left alone. */
  public static final TranslationOptions DEFAULT =
      new TranslationOptions(SearchOptions.ofBeam(4), false);

  /** The same with another beam. */
  public TranslationOptions withBeam(int beam) {
    return new TranslationOptions(SearchOptions.ofBeam(beam), boilerplate);
  }
}
