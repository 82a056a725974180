package dev.verso.alignment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** The gold alignments that the tests read. */
public final class Books {
  public static final GoldAlignment EMMA = read("Emma");
  public static final GoldAlignment JANE_EYRE = read("JaneEyre");
  public static final GoldAlignment LA_FAUTE = read("LaFauteDeLAbbeMouret");

  private Books() {}

  /** The three short books. */
  public static List<GoldAlignment> all() {
    return List.of(EMMA, JANE_EYRE, LA_FAUTE);
  }

  private static GoldAlignment read(String name) {
    try {
      return GoldAlignment.read(Path.of("evaluation", "sentences", name + ".fren"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
