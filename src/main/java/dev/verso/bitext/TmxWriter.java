package dev.verso.bitext;

import dev.verso.text.Document;
import dev.verso.text.Segment;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

/**
 * Prints a translation memory, TMX 1.4b: one translation unit for each bead.
 *
 * <p>Properties of the header: {@code x-source-name}, {@code x-source-sha256}, the same of the
 * target, {@code x-document-score}. Of a unit: {@code x-bead} (its type) and {@code x-posterior};
 * of a variant: {@code x-offsets}, a {@code start-end} in UTF-16 units for each sentence. A source
 * sentence without counterpart has only its own variant, a target sentence without one is left out.
 * A character that XML cannot hold becomes U+FFFD; the offsets still refer to it.
 */
public final class TmxWriter implements AlignedDocumentsWriter {

  @Override
  public void write(AlignedDocuments documents, Writer out) throws IOException {
    out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tmx version=\"1.4\">\n");
    out.write("<header creationtool=\"Verso\" creationtoolversion=\"1\" segtype=\"sentence\"");
    out.write(" o-tmf=\"Verso\" adminlang=\"en\" srclang=\"");
    Xml.write(documents.sourceLanguage(), true, Xml.Forbidden.REPLACED, out);
    out.write("\" datatype=\"plaintext\">\n");
    document("source", documents.source(), out);
    document("target", documents.target(), out);
    property("x-document-score", decimal(documents.documentScore()), out);
    out.write("</header>\n<body>\n");
    int number = 0;
    for (AlignedBead bead : documents.beads()) {
      number++;
      if (bead.source().isEmpty()) {
        // A unit without the source language is an error to tools; a memory has no use for it.
        continue;
      }
      out.write("<tu tuid=\"" + number + "\">\n");
      property("x-bead", bead.type(), out);
      property("x-posterior", decimal(bead.posterior()), out);
      variant(documents.sourceLanguage(), bead.source(), bead.sourceText(), out);
      if (!bead.target().isEmpty()) {
        variant(documents.targetLanguage(), bead.target(), bead.targetText(), out);
      }
      out.write("</tu>\n");
    }
    out.write("</body>\n</tmx>\n");
  }

  private static void document(String side, Document document, Writer out) throws IOException {
    property("x-" + side + "-name", document.name(), out);
    property("x-" + side + "-sha256", document.sha256(), out);
  }

  private static void variant(String language, List<Segment> segments, String text, Writer out)
      throws IOException {
    out.write("<tuv xml:lang=\"");
    Xml.write(language, true, Xml.Forbidden.REPLACED, out);
    out.write("\">");
    if (!segments.isEmpty()) {
      property("x-offsets", TsvAlignedWriter.spans(segments), out);
    }
    out.write("<seg>");
    Xml.write(text, false, Xml.Forbidden.REPLACED, out);
    out.write("</seg></tuv>\n");
  }

  static void property(String type, String value, Writer out) throws IOException {
    out.write("<prop type=\"" + type + "\">");
    Xml.write(value, false, Xml.Forbidden.REPLACED, out);
    out.write("</prop>\n");
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
