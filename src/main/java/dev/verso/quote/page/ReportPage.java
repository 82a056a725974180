package dev.verso.quote.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** The frame of the pages on quotes: they load nothing, and follow the reader's colours. */
public final class ReportPage {

  private static final String STYLE = style();

  private ReportPage() {}

  private static String style() {
    try (InputStream in = ReportPage.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything up to the heading, which is the title. */
  public static void open(String title, Writer out) throws IOException {
    out.write("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.write("<meta http-equiv=\"Content-Security-Policy\"");
    out.write(" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
    out.write("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    out.write(escaped(title));
    out.write("</title>\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n<h1>");
    out.write(escaped(title));
    out.write("</h1>\n");
  }

  /** The end. */
  public static void close(Writer out) throws IOException {
    out.write("</body>\n</html>\n");
  }

  /** Text as HTML. */
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
