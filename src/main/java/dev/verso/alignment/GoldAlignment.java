package dev.verso.alignment;

import dev.verso.bitext.Bead;
import dev.verso.bitext.BeadFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A text pair aligned by hand.
 *
 * @param name what the pair is called, such as the book's title
 * @param pair the two texts
 * @param beads the right beads
 */
public record GoldAlignment(String name, TextPair pair, List<Bead> beads) {

  /**
   * @throws IllegalArgumentException if a bead leaves the texts
   */
  public GoldAlignment {
    Objects.requireNonNull(name);
    Objects.requireNonNull(pair);
    beads = List.copyOf(beads);
    for (Bead bead : beads) {
      if (bead.sourceEnd() > pair.source().size() || bead.targetEnd() > pair.target().size()) {
        throw new IllegalArgumentException(
            name
                + ": bead "
                + bead
                + " in texts of "
                + pair.source().size()
                + " and "
                + pair.target().size()
                + " sentences");
      }
    }
  }

  /**
   * Reads {@code NAME.fr}, {@code NAME.en} (a sentence a line) and {@code NAME.fren} (a bead a
   * line).
   *
   * @param beads the {@code .fren} file; the two texts lie beside it
   */
  public static GoldAlignment read(Path beads) throws IOException {
    String file = String.valueOf(beads.getFileName());
    if (!file.endsWith(".fren")) {
      throw new IllegalArgumentException(
          beads + ": a gold alignment is a .fren file with .fr and .en beside it");
    }
    String name = file.substring(0, file.length() - ".fren".length());
    return new GoldAlignment(
        name,
        TextPair.of(
            Files.readAllLines(beads.resolveSibling(name + ".fr")),
            Files.readAllLines(beads.resolveSibling(name + ".en"))),
        BeadFormat.read(beads.toString(), Files.readAllLines(beads)));
  }
}
