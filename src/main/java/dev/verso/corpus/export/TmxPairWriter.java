package dev.verso.corpus.export;

import dev.verso.bitext.Xml;
import dev.verso.corpus.CorpusPair;
import dev.verso.corpus.Occurrence;
import dev.verso.corpus.PairSide;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a translation memory, TMX 1.4b, a unit for each pair.
 *
 * <p>Properties of a unit: {@code x-hash}, {@code x-licence}, a score each ({@code x-quality} …), a
 * {@code x-note} each, {@code x-occurrence} for each place if it stands in several; of a variant:
 * {@code x-document} and {@code x-offsets}, {@code start-end} in UTF-16 units. A character that XML
 * cannot hold becomes U+FFFD.
 */
public final class TmxPairWriter implements PairWriter {

  private final Writer out;

  public TmxPairWriter(Writer out) throws IOException {
    this.out = out;
    out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tmx version=\"1.4\">\n");
    out.write("<header creationtool=\"Verso\" creationtoolversion=\"1\" segtype=\"sentence\"");
    out.write(
        " o-tmf=\"Verso\" adminlang=\"en\" srclang=\"fr\" datatype=\"plaintext\"/>\n<body>\n");
  }

  @Override
  public void write(CorpusPair pair) throws IOException {
    out.write("<tu>\n");
    property("x-hash", pair.hash());
    if (!pair.licence().isEmpty()) {
      property("x-licence", pair.licence());
    }
    for (Map.Entry<String, Double> score : pair.scores().entrySet()) {
      property("x-" + score.getKey(), String.format(Locale.ROOT, "%.4f", score.getValue()));
    }
    for (String note : pair.notes()) {
      property("x-note", note);
    }
    if (pair.occurrences().size() > 1) {
      for (Occurrence place : pair.occurrences()) {
        property("x-occurrence", text(place));
      }
    }
    variant("fr", pair.source());
    variant("en", pair.target());
    out.write("</tu>\n");
  }

  static String text(Occurrence place) {
    return place.source()
        + " "
        + place.sourceStart()
        + "-"
        + place.sourceEnd()
        + " : "
        + place.target()
        + " "
        + place.targetStart()
        + "-"
        + place.targetEnd();
  }

  private void variant(String language, PairSide side) throws IOException {
    out.write("<tuv xml:lang=\"" + language + "\">");
    property("x-document", side.document());
    property("x-offsets", side.start() + "-" + side.end());
    out.write("<seg>");
    Xml.write(side.text(), false, Xml.Forbidden.REPLACED, out);
    out.write("</seg></tuv>\n");
  }

  private void property(String type, String value) throws IOException {
    out.write("<prop type=\"");
    Xml.write(type, true, Xml.Forbidden.REPLACED, out);
    out.write("\">");
    Xml.write(value, false, Xml.Forbidden.REPLACED, out);
    out.write("</prop>");
  }

  @Override
  public void close() throws IOException {
    try (out) {
      out.write("</body>\n</tmx>\n");
    }
  }
}
