package dev.verso.bitext;

import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/**
 * Prints a translation as TMX 1.4b: a unit for each translated segment, with {@code x-quality} (0
 * to 1), {@code x-offsets} in UTF-16 units and {@code x-place} where the file has places, and a
 * note for each of Verso's. A character that XML cannot hold becomes U+FFFD.
 */
final class TmxBitextWriter implements BitextWriter {

  @Override
  public void write(Bitext bitext, Writer out) throws IOException {
    out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tmx version=\"1.4\">\n");
    out.write("<header creationtool=\"Verso\" creationtoolversion=\"1\" segtype=\"sentence\"");
    out.write(" o-tmf=\"Verso\" adminlang=\"en\" srclang=\"fr\" datatype=\"plaintext\">\n");
    TmxWriter.property("x-source-name", bitext.source().name(), out);
    TmxWriter.property("x-source-sha256", bitext.source().sha256(), out);
    TmxWriter.property("x-model", bitext.model().id(), out);
    out.write("</header>\n<body>\n");
    int number = 0;
    for (TranslationUnit unit : (Iterable<TranslationUnit>) bitext.units()::iterator) {
      number++;
      if (unit.target().isEmpty()) {
        continue;
      }
      out.write("<tu tuid=\"" + number + "\">\n");
      for (String note : unit.notes()) {
        out.write("<note>");
        Xml.write(note, false, Xml.Forbidden.REPLACED, out);
        out.write("</note>\n");
      }
      TmxWriter.property("x-quality", String.format(Locale.ROOT, "%.4f", unit.quality()), out);
      int start = unit.source().span().start();
      TmxWriter.property("x-offsets", start + "-" + unit.source().span().end(), out);
      if (bitext.source().placeOf(start).isPresent()) {
        TmxWriter.property("x-place", bitext.source().placeOf(start).get().toString(), out);
      }
      variant("fr", unit.source().text(), out);
      variant("en", unit.targetText(), out);
      out.write("</tu>\n");
    }
    out.write("</body>\n</tmx>\n");
  }

  private static void variant(String language, String text, Writer out) throws IOException {
    out.write("<tuv xml:lang=\"" + language + "\"><seg>");
    Xml.write(text, false, Xml.Forbidden.REPLACED, out);
    out.write("</seg></tuv>\n");
  }
}
