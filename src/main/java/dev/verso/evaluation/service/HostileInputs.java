package dev.verso.evaluation.service;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The worst that we can make of a hundred kilobytes, for every entry to the service. */
final class HostileInputs {

  /** As much as is translated in one request. */
  private static final int TEXT = 49_000;

  private static final int FILE = 49_000;

  private HostileInputs() {}

  /**
   * A request.
   *
   * @param type its Content-Type
   */
  // Made here, sent, and never changed.
  @SuppressWarnings("ArrayRecordComponent")
  record Request(String name, String path, String type, byte[] body) {}

  private static Map<String, String> patterns() {
    Map<String, String> patterns = new LinkedHashMap<>();
    for (String unit :
        List.of(
            "« a » ",
            "dit ",
            "« ",
            "» ",
            "\"",
            "' ",
            "— ",
            "- ",
            ". ",
            "… ",
            ", ",
            ": ",
            "( ",
            "1 000 ",
            "7",
            "a",
            "Le ministre a dit que ",
            "X, ",
            "il n’a pas dit « non », ",
            "<b>",
            "<p>« a » dit ",
            "<table><tr><td>a",
            "&amp;",
            "é\u0301",
            "\uD83D\uDE00",
            "\u00a0",
            "\n",
            "\t",
            "a\n",
            "M. ")) {
      patterns.put(unit.replace("\n", "\\n").replace("\t", "\\t").replace("\u00a0", "nbsp"), unit);
    }
    return patterns;
  }

  private static String filled(String unit, int length) {
    return unit.repeat(length / unit.length());
  }

  /** An ordinary request at every entry that takes text. */
  static List<Request> ordinary() {
    return texts("ordinary", "« Nous irons à Paris », a dit la ministre Anne Roy. Il pleut.\n");
  }

  /** Texts of every pattern at every entry that takes text. */
  static List<Request> texts() {
    List<Request> requests = new ArrayList<>();
    patterns().forEach((name, unit) -> requests.addAll(texts(name, unit)));
    return requests;
  }

  private static List<Request> texts(String name, String unit) {
    List<Request> requests = new ArrayList<>();
    String text = filled(unit, TEXT);
    String html = "<html><body>" + text;
    requests.add(text(name, "/v1/quotes", text));
    requests.add(text(name, "/v1/quotes?lang=en", text));
    requests.add(page(name, "/v1/quotes", html));
    requests.add(text(name, "/v1/translate?force=true&beam=1", text));
    requests.add(page(name, "/v1/translate?force=true&beam=1", html));
    requests.add(
        json(
            name,
            "/v1/trace",
            "{\"force\":true,\"text\":%s,\"english\":[%s]}"
                .formatted(quoted(text), quoted(filled(unit, 4000)))));
    requests.add(
        json(
            name,
            "/v1/check",
            "{\"text\":%s,\"quotes\":[%s]}".formatted(quoted(text), quoted(filled(unit, 4000)))));
    requests.add(
        json(
            name,
            "/v1/check",
            "{\"text\":%s,\"against\":%s}"
                .formatted(quoted(filled(unit, TEXT / 2)), quoted(filled(unit, TEXT / 2)))));
    requests.add(
        json(
            name,
            "/v1/align",
            "{\"source\":%s,\"target\":%s,\"words\":true}"
                .formatted(quoted(filled(unit, TEXT / 2)), quoted(filled(unit, TEXT / 2)))));
    requests.add(
        json(
            name,
            "/translate",
            "{\"q\":%s,\"source\":\"fr\",\"target\":\"en\"}".formatted(quoted(text))));
    requests.add(
        json(
            name,
            "/v2/translate",
            ("{\"text\":[%s],\"source_lang\":\"FR\",\"target_lang\":\"EN-GB\","
                    + "\"tag_handling\":\"html\"}")
                .formatted(quoted(html))));
    return requests;
  }

  /** Files of every kind, sent to where files are translated immediately. */
  static List<Request> files(int silentPort) throws IOException {
    List<Request> requests = new ArrayList<>();
    requests.add(file("a PDF whose form draws itself", "a.pdf", recursivePdf()));
    requests.add(file("an XLIFF that refers to a silent server", "a.xlf", xliff(silentPort)));
    requests.add(file("a docx of many runs", "a.docx", docx(true)));
    requests.add(file("a docx of one long word", "a.docx", docx(false)));
    patterns()
        .forEach(
            (name, unit) -> {
              byte[] text = filled(unit, FILE).getBytes(StandardCharsets.UTF_8);
              requests.add(file(name + " in a page", "a.html", prefixed("<html><body>", text)));
              requests.add(file(name + " in Markdown", "a.md", text));
              requests.add(
                  file(
                      name + " in subtitles",
                      "a.srt",
                      prefixed("1\n00:00:01,000 --> 00:00:02,000\n", text)));
            });
    return requests;
  }

  private static byte[] prefixed(String head, byte[] text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    out.writeBytes(text);
    return out.toByteArray();
  }

  private static Request text(String name, String path, String text) {
    return new Request(
        name, path, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  private static Request page(String name, String path, String html) {
    return new Request(
        name + " in HTML", path, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
  }

  private static Request json(String name, String path, String json) {
    return new Request(name, path, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        quoted.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  /** A file as a multipart form for LibreTranslate's interface. */
  static Request file(String name, String file, byte[] content) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    field(body, "name=\"source\"", "fr\r\n");
    field(body, "name=\"target\"", "en\r\n");
    field(body, "name=\"file\"; filename=\"" + file + "\"", "");
    body.writeBytes(content);
    body.writeBytes("\r\n--cut--\r\n".getBytes(StandardCharsets.UTF_8));
    return new Request(
        name, "/translate_file", "multipart/form-data; boundary=cut", body.toByteArray());
  }

  private static void field(ByteArrayOutputStream body, String disposition, String value) {
    String part = "--cut\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + value;
    body.writeBytes(part.getBytes(StandardCharsets.UTF_8));
  }

  /** A page whose content is a form that draws itself twice, and so on. */
  static byte[] recursivePdf() {
    List<String> objects =
        List.of(
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 5 0 R"
                + "/Resources<</XObject<</F 4 0 R>>/Font<</T 6 0 R>>>>>>",
            stream(
                "/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
                    + "/Resources<</XObject<</F 4 0 R>>/Font<</T 6 0 R>>>>",
                "BT /T 1 Tf (a) Tj ET /F Do /F Do"),
            stream("", "BT /T 1 Tf (Bonjour) Tj ET /F Do"),
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
    StringBuilder pdf = new StringBuilder("%PDF-1.4\n");
    List<Integer> at = new ArrayList<>();
    for (int i = 0; i < objects.size(); i++) {
      at.add(pdf.length());
      pdf.append(i + 1).append(" 0 obj").append(objects.get(i)).append("endobj\n");
    }
    int table = pdf.length();
    pdf.append("xref\n0 7\n0000000000 65535 f \n");
    for (int offset : at) {
      pdf.append(String.format(java.util.Locale.ROOT, "%010d 00000 n \n", offset));
    }
    pdf.append("trailer<</Size 7/Root 1 0 R>>\nstartxref\n").append(table).append("\n%%EOF");
    return pdf.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String stream(String dictionary, String content) {
    return "<<"
        + dictionary
        + "/Length "
        + content.length()
        + ">>stream\n"
        + content
        + "\nendstream\n";
  }

  /** An XLIFF that refers to an address that accepts connections and never answers. */
  static byte[] xliff(int port) {
    return ("<xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\""
            + " xmlns:its=\"http://www.w3.org/2005/11/its\"><file original=\"a\""
            + " source-language=\"fr\" target-language=\"en\" datatype=\"plaintext\"><body>"
            + "<trans-unit id=\"1\" its:locQualityIssuesRef=\"http://127.0.0.1:"
            + port
            + "/a.xml#b\"><source its:provenanceRecordsRef=\"http://127.0.0.1:"
            + port
            + "/c.xml#d\">Il pleut.</source></trans-unit></body></file></xliff>")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] docx(boolean runs) throws IOException {
    StringBuilder text = new StringBuilder();
    int units = runs ? 20_000 : 1;
    for (int i = 0; i < units; i++) {
      text.append("<w:r><w:rPr><w:")
          .append(i % 2 == 0 ? "b" : "i")
          .append("/></w:rPr><w:t xml:space=\"preserve\">")
          .append(runs ? "« a » " : "a".repeat(5_000_000))
          .append("</w:t></w:r>");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      part(
          zip,
          "[Content_Types].xml",
          "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
              + "<Default Extension=\"rels\""
              + " ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
              + "<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd."
              + "openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>");
      part(
          zip,
          "_rels/.rels",
          "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
              + "<Relationship Id=\"r\" Type=\"http://schemas.openxmlformats.org/officeDocument/"
              + "2006/relationships/officeDocument\" Target=\"word/document.xml\"/>"
              + "</Relationships>");
      part(
          zip,
          "word/document.xml",
          "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"
              + "<w:body><w:p>"
              + text
              + "</w:p></w:body></w:document>");
    }
    return out.toByteArray();
  }

  private static void part(ZipOutputStream zip, String name, String content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }
}
