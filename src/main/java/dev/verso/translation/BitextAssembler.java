package dev.verso.translation;

import dev.verso.bitext.AlignmentLink;
import dev.verso.bitext.Bitext;
import dev.verso.bitext.BitextBlock;
import dev.verso.bitext.TranslationUnit;
import dev.verso.model.TranslationModel;
import dev.verso.text.Block;
import dev.verso.text.Document;
import dev.verso.text.Segment;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Puts the translations of a document's segments together. Stateless. */
final class BitextAssembler {

  private BitextAssembler() {}

  /** The segments of a document that options ask for, in order. */
  static List<Segment> wanted(Document document, TranslationOptions options) {
    return document.blocks().stream()
        .filter(block -> isWanted(block, options))
        .flatMap(block -> block.segments().stream())
        .toList();
  }

  private static boolean isWanted(Block block, TranslationOptions options) {
    return block.isContent() || options.boilerplate();
  }

  /**
   * The bitext: a unit for every segment; those that the options do not ask for are empty.
   *
   * @param translations one for each of the {@link #wanted} segments, in order
   */
  static Bitext assembled(
      TranslationModel model,
      Document document,
      TranslationOptions options,
      List<SegmentTranslation> translations) {
    StringBuilder target = new StringBuilder();
    List<BitextBlock> blocks = new ArrayList<>();
    Iterator<SegmentTranslation> next = translations.iterator();
    for (Block block : document.blocks()) {
      boolean translated = isWanted(block, options);
      List<TranslationUnit> units = new ArrayList<>();
      Segment previous = null;
      if (translated && !target.isEmpty()) {
        target.append("\n\n");
      }
      for (Segment segment : block.segments()) {
        if (!translated) {
          TextSpan nothing = new TextSpan(target.length(), target.length());
          units.add(new TranslationUnit(segment, nothing, "", List.of(), 0, 0, List.of()));
          continue;
        }
        if (previous != null) {
          target.append(separator(document, previous, segment));
        }
        units.add(unit(segment, next.next(), target.length()));
        target.append(units.get(units.size() - 1).targetText());
        previous = segment;
      }
      blocks.add(new BitextBlock(block.kind(), block.span(), units));
    }
    return new Bitext(
        document,
        new Bitext.ModelReference(model.manifest().id(), model.sha256(), options.search().beam()),
        blocks,
        target.toString());
  }

  private static TranslationUnit unit(Segment segment, SegmentTranslation translation, int start) {
    List<AlignmentLink> links =
        translation.links().stream()
            .map(
                link ->
                    new AlignmentLink(
                        segment.toRaw(link.source()),
                        link.target().shift(start),
                        link.strength(),
                        link.probability()))
            .toList();
    return new TranslationUnit(
        segment,
        new TextSpan(start, start + translation.text().length()),
        translation.text(),
        links,
        translation.score(),
        translation.quality(),
        translation.notes());
  }

  /** A line break that separates two sentences of plain text stays one. */
  private static String separator(Document document, Segment previous, Segment next) {
    if (!previous.map().isIdentity() || !next.map().isIdentity()) {
      return " ";
    }
    String gap = document.text().substring(previous.span().end(), next.span().start());
    return gap.indexOf('\n') >= 0 || gap.indexOf('\r') >= 0 ? "\n" : " ";
  }
}
