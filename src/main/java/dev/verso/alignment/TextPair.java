package dev.verso.alignment;

import dev.verso.text.Block;
import dev.verso.text.Document;
import dev.verso.text.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A text and its supposed translation, cut into sentences.
 *
 * @param source the source text's sentences
 * @param target the target text's sentences
 * @param sourceParagraphs for each source sentence the index of its paragraph, never falling; empty
 *     where unknown
 * @param targetParagraphs the same of the target
 * @param translations a machine translation of each source sentence into the target's language,
 *     where one was made
 */
public record TextPair(
    List<String> source,
    List<String> target,
    List<Integer> sourceParagraphs,
    List<Integer> targetParagraphs,
    Optional<List<String>> translations) {

  /**
   * @throws IllegalArgumentException if a list's length differs from its sentences', or paragraphs
   *     run backwards
   */
  public TextPair {
    source = List.copyOf(source);
    target = List.copyOf(target);
    sourceParagraphs = paragraphs(sourceParagraphs, source.size());
    targetParagraphs = paragraphs(targetParagraphs, target.size());
    translations = translations.map(List::copyOf);
    if (translations.isPresent() && translations.get().size() != source.size()) {
      throw new IllegalArgumentException(
          translations.get().size() + " translations of " + source.size() + " sentences");
    }
  }

  private static List<Integer> paragraphs(List<Integer> paragraphs, int sentences) {
    List<Integer> copy = List.copyOf(paragraphs);
    if (!copy.isEmpty() && copy.size() != sentences) {
      throw new IllegalArgumentException(
          "paragraphs of " + copy.size() + " sentences, not " + sentences);
    }
    for (int k = 1; k < copy.size(); k++) {
      if (copy.get(k) < copy.get(k - 1)) {
        throw new IllegalArgumentException("paragraphs run backwards at sentence " + k);
      }
    }
    return copy;
  }

  /** Sentences without paragraphs or translations. */
  public static TextPair of(List<String> source, List<String> target) {
    return new TextPair(source, target, List.of(), List.of(), Optional.empty());
  }

  /** The content of two documents, their blocks as paragraphs. */
  public static TextPair of(Document source, Document target) {
    List<Integer> sourceParagraphs = new ArrayList<>();
    List<Integer> targetParagraphs = new ArrayList<>();
    return new TextPair(
        sentences(source, sourceParagraphs),
        sentences(target, targetParagraphs),
        sourceParagraphs,
        targetParagraphs,
        Optional.empty());
  }

  private static List<String> sentences(Document document, List<Integer> paragraphs) {
    List<String> sentences = new ArrayList<>();
    int paragraph = 0;
    for (Block block : document.blocks()) {
      if (block.isContent()) {
        for (Segment segment : block.segments()) {
          sentences.add(segment.text());
          paragraphs.add(paragraph);
        }
        paragraph++;
      }
    }
    return sentences;
  }

  /** The same pair with machine translations of the source, one a sentence. */
  public TextPair withTranslations(List<String> machineTranslations) {
    return new TextPair(
        source, target, sourceParagraphs, targetParagraphs, Optional.of(machineTranslations));
  }

  /** The pair seen from the other side; translations of the source are dropped. */
  public TextPair mirrored() {
    return new TextPair(
        /* source= */ target,
        /* target= */ source,
        /* sourceParagraphs= */ targetParagraphs,
        /* targetParagraphs= */ sourceParagraphs,
        Optional.empty());
  }
}
