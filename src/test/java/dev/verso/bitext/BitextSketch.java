package dev.verso.bitext;

import dev.verso.text.Block;
import dev.verso.text.BlockKind;
import dev.verso.text.Document;
import dev.verso.text.Segment;
import dev.verso.text.TextSpan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts a bitext together by hand: block by block, sentence pair by sentence pair. */
final class BitextSketch {

  private final StringBuilder source = new StringBuilder();
  private final StringBuilder target = new StringBuilder();
  private final List<Block> blocks = new ArrayList<>();
  private final List<BitextBlock> bitextBlocks = new ArrayList<>();
  private final List<TranslationUnit> units = new ArrayList<>();
  private BlockKind kind = BlockKind.PARAGRAPH;
  private String name = "essai.txt";
  private Map<String, String> metadata = Map.of();

  BitextSketch named(String newName, Map<String, String> newMetadata) {
    name = newName;
    metadata = newMetadata;
    return this;
  }

  /** Ends the current block and begins another. */
  BitextSketch block(BlockKind newKind) {
    close();
    kind = newKind;
    return this;
  }

  /** A sentence with links written {@code "fr>en>S>0.9"}, each word at its first occurrence. */
  BitextSketch pair(String french, String english, double quality, String... links) {
    return pair(french, english, -0.25, quality, List.of(), links);
  }

  BitextSketch pair(
      String french,
      String english,
      double score,
      double quality,
      List<String> notes,
      String... links) {
    if (units.isEmpty()) {
      source.append(source.isEmpty() ? "" : "\n\n");
      target.append(target.isEmpty() || english.isEmpty() ? "" : "\n\n");
    } else {
      source.append(' ');
      target.append(english.isEmpty() ? "" : " ");
    }
    TextSpan from = new TextSpan(source.length(), source.length() + french.length());
    TextSpan to = new TextSpan(target.length(), target.length() + english.length());
    source.append(french);
    target.append(english);
    List<AlignmentLink> made = new ArrayList<>();
    for (String link : links) {
      String[] parts = link.split(">");
      made.add(
          new AlignmentLink(
              at(french, parts[0]).shift(from.start()),
              at(english, parts[1]).shift(to.start()),
              parts[2].equals("S") ? AlignmentLink.Strength.SURE : AlignmentLink.Strength.POSSIBLE,
              Double.parseDouble(parts[3])));
    }
    Segment segment = Segment.plain(source.toString(), from);
    units.add(new TranslationUnit(segment, to, english, made, score, quality, notes));
    return this;
  }

  private static TextSpan at(String text, String word) {
    int start = text.indexOf(word);
    return new TextSpan(start, start + word.length());
  }

  private void close() {
    if (!units.isEmpty()) {
      Block block = Block.of(kind, units.stream().map(TranslationUnit::source).toList());
      blocks.add(block);
      bitextBlocks.add(new BitextBlock(kind, block.span(), units));
      units.clear();
    }
  }

  Bitext done() {
    close();
    return new Bitext(
        new Document(
            name, "ab".repeat(32), StandardCharsets.UTF_8, source.toString(), metadata, blocks),
        new Bitext.ModelReference("essai-fr-en", "cd".repeat(32), 4),
        bitextBlocks,
        target.toString());
  }

  /** A short article with one of everything. */
  static Bitext article() {
    return new BitextSketch()
        .named(
            "otan.html",
            Map.of(
                "title", "L’OTAN & Moscou",
                "author", "A. Durand",
                "date", "2021-10-18",
                "url", "https://example.org/otan?a=1&b=2"))
        .block(BlockKind.TITLE)
        .pair(
            "La Russie ferme son bureau à Moscou",
            "Russia closes its office in Moscow",
            0.93,
            "La Russie>Russia>S>0.98765",
            "ferme>closes>S>0.97",
            "son>its>S>0.9",
            "bureau>office>S>0.99",
            "à>in>P>0.6",
            "Moscou>Moscow>S>1")
        .block(BlockKind.PARAGRAPH)
        .pair(
            "La Russie a suspendu lundi ses relations avec l’OTAN.",
            "Russia suspended its relations with NATO on Monday.",
            0.88,
            "La Russie>Russia>S>0.98",
            "a suspendu>suspended>S>0.95",
            "lundi>on Monday>P>0.4",
            "lundi>Monday>S>0.97",
            "ses>its>S>0.9",
            "relations>relations>S>0.99",
            "avec>with>S>0.95",
            "l’>NATO>P>0.3",
            "OTAN>NATO>S>0.99")
        .pair(
            "« Nous ne voyons pas la nécessité de continuer à prétendre ! »",
            "“We do not see the need to keep pretending!”",
            -1.5,
            0.31,
            List.of("a loop was cut"),
            "Nous>We>S>0.99",
            "ne>not>S>0.7",
            "pas>not>S>0.8",
            "voyons>do>P>0.5",
            "voyons>see>S>0.97",
            "la nécessité>the need>S>0.9",
            "continuer>keep>S>0.8",
            "prétendre>pretending>S>0.8")
        .block(BlockKind.QUOTE)
        .pair("C’est plus que regrettable.", "This is more than regrettable.", 0.8)
        .block(BlockKind.LIST_ITEM)
        .pair("Huit diplomates expulsés", "Eight diplomats expelled", 0.9)
        .block(BlockKind.LIST_ITEM)
        .pair("Un bureau fermé", "One office closed", 0.9)
        .block(BlockKind.CAPTION)
        .pair("Sergueï Lavrov à Moscou. Photo : DR", "Sergei Lavrov in Moscow. Photo: DR", 0.7)
        .block(BlockKind.PARAGRAPH)
        .pair("😀 👍", "", 0, 1, List.of())
        .block(BlockKind.BOILERPLATE)
        .pair("Laisser un commentaire", "", 0, 0, List.of())
        .done();
  }
}
