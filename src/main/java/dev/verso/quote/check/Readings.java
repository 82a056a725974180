package dev.verso.quote.check;

import dev.verso.bitext.AlignmentLink;
import dev.verso.text.Cancellation;
import dev.verso.text.Language;
import dev.verso.translation.Likelihood;
import dev.verso.translation.Progress;
import dev.verso.translation.TranslationOptions;
import dev.verso.translation.Translator;
import dev.verso.translation.WordLinks;
import dev.verso.wordalign.WordAligner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the network has made of passages, each asked once: the places where a quote may stand mostly
 * narrow down to the same sentence, and quotes of one article to the same sentences.
 *
 * <p>Thread-safe. Holds our translations of the passages of one article, and the likelihoods of one
 * quote.
 */
final class Readings {

  private final Translator translator;
  private final WordAligner aligner;
  private final Map<String, Own> translations;
  private final Map<Rendering, Likelihood> likelihoods = new ConcurrentHashMap<>();

  private record Rendering(String french, String english) {}

  /**
   * Our own translation of a passage.
   *
   * @param french the passage
   * @param english its translation
   * @param links the word links between them
   */
  record Own(Side french, Side english, List<AlignmentLink> links) {}

  private Readings(Translator translator, WordAligner aligner, Map<String, Own> translations) {
    this.translator = translator;
    this.aligner = aligner;
    this.translations = translations;
  }

  /** Nothing read yet. */
  static Readings with(Translator translator, WordAligner aligner) {
    return new Readings(translator, aligner, new ConcurrentHashMap<>());
  }

  /** For another quote of the same article. */
  Readings forAnotherQuote() {
    return new Readings(translator, aligner, translations);
  }

  /** Our own translation of a passage. */
  Own translation(String passage, Cancellation cancellation) {
    Own known = translations.get(passage);
    if (known == null) {
      String text =
          translator
              .translate(
                  List.of(passage),
                  TranslationOptions.DEFAULT.withLinks(WordLinks.NONE),
                  Progress.SILENT,
                  cancellation)
              .get(0)
              .text();
      Side french = new Side(passage, Language.FRENCH);
      Side english = new Side(text.isBlank() ? "-" : text, Language.ENGLISH);
      known =
          new Own(french, english, aligner.align(french.sentence, english.sentence, cancellation));
      translations.put(passage, known);
    }
    return known;
  }

  /** How likely the network finds each English text to render the French one of the same index. */
  List<Likelihood> likelihoods(
      List<String> french, List<String> english, Cancellation cancellation) {
    List<String> sources = new ArrayList<>();
    List<String> targets = new ArrayList<>();
    List<Rendering> all = new ArrayList<>();
    for (int i = 0; i < french.size(); i++) {
      Rendering rendering = new Rendering(french.get(i), english.get(i));
      if (!likelihoods.containsKey(rendering)) {
        sources.add(rendering.french);
        targets.add(rendering.english);
      }
      all.add(rendering);
    }
    List<Likelihood> read = translator.scorer().likelihoods(sources, targets, cancellation);
    for (int i = 0; i < read.size(); i++) {
      likelihoods.put(new Rendering(sources.get(i), targets.get(i)), read.get(i));
    }
    return all.stream().map(likelihoods::get).toList();
  }
}
