package dev.verso.translation;

import dev.verso.bitext.AlignmentLink;
import dev.verso.decoding.Hypothesis;
import dev.verso.decoding.Spelling;
import dev.verso.text.Cancellation;
import dev.verso.text.TextSpan;
import dev.verso.translation.Partition.Part;
import dev.verso.wordalign.AttentionLinks;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts the parts of a segment together: reads word links off the attention, makes the {@link
 * Repairs}, estimates the quality, writes the {@link SegmentNotes}. Immutable and thread-safe.
 */
final class SegmentComposer {

  private final ConstrainedSearch search;
  private final Optional<Spelling> spelling;
  private final SegmentNotes segmentNotes;
  private final QualityEstimate qualityEstimate;

  SegmentComposer(
      ConstrainedSearch search,
      Optional<Spelling> spelling,
      SegmentNotes segmentNotes,
      QualityEstimate qualityEstimate) {
    this.search = search;
    this.spelling = spelling;
    this.segmentNotes = segmentNotes;
    this.qualityEstimate = qualityEstimate;
  }

  /**
   * @param text the segment as it was read
   * @param parts what it was cut into
   * @param decoded what was found for each input
   */
  SegmentTranslation compose(
      String text,
      List<Part> parts,
      Map<String, DecodedPart> decoded,
      Glossary glossary,
      Cancellation cancellation) {
    StringBuilder target = new StringBuilder();
    List<AlignmentLink> links = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    List<QualityEstimate.Searched> searched = new ArrayList<>();
    Set<String> invented = new LinkedHashSet<>();
    int end = 0;
    for (int i = 0; i < parts.size(); i++) {
      cancellation.check();
      Part part = parts.get(i);
      if (i > 0 && part.span().start() > end && !target.isEmpty()) {
        target.append(' ');
      }
      end = part.span().end();
      int start = target.length();
      if (!part.translated()) {
        target.append(part.input());
        continue;
      }
      DecodedPart found = decoded.get(part.input());
      List<AlignmentLink> own =
          AttentionLinks.read(
              found.hypothesis().attention(),
              found.encoding().spans(),
              found.decoded().spans(),
              part.input(),
              found.decoded().text());
      EditedText edited =
          Repairs.made(
              new Repair.Translated(
                  text,
                  part,
                  i + 1 == parts.size(),
                  found.decoded().text(),
                  own,
                  glossary.find(part.input(), cancellation)));
      target.append(edited.text());
      for (AlignmentLink link : own) {
        TextSpan to = edited.map(link.target()).shift(start);
        if (!to.isEmpty()) {
          links.add(
              new AlignmentLink(
                  part.toSegment(link.source()), to, link.strength(), link.probability()));
        }
      }
      List<String> unknown =
          spelling
              .map(
                  words ->
                      words.invented(
                          found.encoding().ids(),
                          search.required(part.input(), glossary, cancellation),
                          found.decoded().text()))
              .orElse(List.of());
      invented.addAll(unknown);
      searched.add(
          new QualityEstimate.Searched(
              part.input(),
              found.encoding().ids(),
              found.decoded().text(),
              found.hypothesis(),
              unknown.size(),
              found.found()));
      notes.addAll(SegmentNotes.ofSearch(found.hypothesis()));
    }
    int lostNumbers = SegmentNotes.lostNumbers(text, target.toString()).size();
    notes.addAll(
        segmentNotes.of(
            text, target.toString(), links, glossary, List.copyOf(invented), cancellation));
    if (searched.isEmpty()) {
      return new SegmentTranslation(target.toString(), links, 0, 1, List.of(), notes);
    }
    int pieces = searched.stream().mapToInt(s -> s.chosen().logProbabilities().size()).sum();
    double score =
        searched.stream()
            .map(QualityEstimate.Searched::chosen)
            .mapToDouble(Hypothesis::score)
            .sum();
    List<Double> signals = QualityEstimate.signals(searched, lostNumbers);
    return new SegmentTranslation(
        target.toString(),
        links,
        Math.min(0, score / Math.max(1, pieces)),
        qualityEstimate.of(signals),
        signals,
        notes);
  }
}
