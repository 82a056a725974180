package dev.verso.file;

import java.nio.charset.StandardCharsets;

/** PDF files for tests, written by hand. */
public final class Pdfs {

  private Pdfs() {}

  /** A file of these objects, the first of them its catalog. */
  public static byte[] of(String... objects) {
    StringBuilder pdf = new StringBuilder("%PDF-1.4\n");
    int[] places = new int[objects.length];
    for (int i = 0; i < objects.length; i++) {
      places[i] = pdf.length();
      pdf.append(i + 1).append(" 0 obj\n").append(objects[i]).append("\nendobj\n");
    }
    int table = pdf.length();
    pdf.append("xref\n0 ").append(objects.length + 1).append("\n0000000000 65535 f \n");
    for (int place : places) {
      pdf.append(String.format("%010d 00000 n \n", place));
    }
    pdf.append("trailer << /Root 1 0 R /Size ")
        .append(objects.length + 1)
        .append(" >>\nstartxref\n")
        .append(table)
        .append("\n%%EOF\n");
    return pdf.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  static String stream(String entries, String content) {
    return "<< /Length "
        + content.length()
        + " "
        + entries
        + " >>\nstream\n"
        + content
        + "\nendstream";
  }

  /** One whose form draws itself, twice each time: drawing it takes longer than a lifetime. */
  static byte[] endless() {
    return of(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources <<"
            + " /XObject << /X 5 0 R >> >> >>",
        stream("", "/X Do"),
        stream(
            "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>",
            "/X Do /X Do"));
  }

  public static byte[] saying(String text) {
    return of(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources <<"
            + " /Font << /F 5 0 R >> >> >>",
        stream("", "BT /F 12 Tf 72 700 Td (" + text + ") Tj ET"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
  }
}
