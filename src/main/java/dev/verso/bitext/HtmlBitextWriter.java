package dev.verso.bitext;

import dev.verso.text.BlockKind;
import dev.verso.text.Document;
import dev.verso.text.Segment;
import dev.verso.text.TextSpan;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Prints one self-contained page: the original on the left, the translation on the right, a row for
 * each block, so that both stay side by side. A sentence that is hovered, focused or tapped lights
 * up on both sides, a word together with the words linked to it; a bar shows its position in the
 * input.
 *
 * <p>Segment {@code n} of the bitext, counted from 1, has the ids {@code sn} (original) and {@code
 * tn} (translation, where there is one): {@code page.html#s12} leads to the twelfth sentence and
 * highlights it. Boilerplate is shown dimmed.
 *
 * <p>The page loads nothing, and its own {@link #CONTENT_SECURITY_POLICY} allows only the style and
 * script it was written with; texts are escaped, control characters made visible, and the writing
 * direction of each sentence is isolated. Without scripts it remains readable.
 */
public final class HtmlBitextWriter implements BitextWriter {

  private static final String STYLE = resource("side-by-side.css");
  private static final String SCRIPT = resource("side-by-side.js");

  /**
   * The policy that every page carries, for servers that also send it in a header: it allows only
   * the page's own style and script.
   */
  public static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; style-src '"
          + sha256(STYLE)
          + "'; script-src '"
          + sha256(SCRIPT)
          + "'; base-uri 'none'; form-action 'none'";

  private final List<QuotedPassage> quotes;

  /** A writer that lists no quotes. */
  public HtmlBitextWriter() {
    this(List.of());
  }

  /** A writer that lists these quotes above the text, each leading to both sides. */
  public HtmlBitextWriter(List<QuotedPassage> quotes) {
    this.quotes = List.copyOf(quotes);
  }

  @Override
  public void write(Bitext bitext, Writer out) throws IOException {
    new Page(bitext, quotes, out).write();
  }

  private static String resource(String name) {
    try (InputStream in = HtmlBitextWriter.class.getResourceAsStream(name)) {
      // Browsers hash a script with its line endings normalised.
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(String content) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** One page while it is printed. */
  private static final class Page {

    private final Bitext bitext;
    private final Document source;
    private final List<QuotedPassage> quotes;
    private final Writer out;
    private int number;

    Page(Bitext bitext, List<QuotedPassage> quotes, Writer out) {
      this.bitext = bitext;
      this.quotes = quotes;
      this.source = bitext.source();
      this.out = out;
    }

    void write() throws IOException {
      head();
      out.write("<main>\n");
      for (BitextBlock block : bitext.blocks()) {
        row(block);
      }
      out.write("</main>\n");
      out.write("<div id=\"bar\" role=\"status\" hidden></div>\n");
      out.write("<script>" + SCRIPT + "</script>\n</body>\n</html>\n");
    }

    private void head() throws IOException {
      Map<String, String> metadata = source.metadata();
      String title = metadata.getOrDefault("title", source.name());
      out.write("<!DOCTYPE html>\n<html lang=\"en\" translate=\"no\">\n<head>\n");
      out.write("<meta charset=\"utf-8\">\n");
      out.write("<meta http-equiv=\"Content-Security-Policy\" content=\"");
      text(CONTENT_SECURITY_POLICY);
      out.write("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
      out.write("<meta name=\"referrer\" content=\"no-referrer\">\n");
      out.write("<meta name=\"generator\" content=\"Verso\">\n<title>");
      text(title);
      out.write(" – French and English side by side</title>\n<style>" + STYLE + "</style>\n");
      out.write("</head>\n<body>\n<header>\n");
      out.write(metadata.containsKey("title") ? "<h1 lang=\"fr\">" : "<h1>");
      text(title);
      out.write("</h1>\n");
      byline(metadata);
      out.write("<p class=\"label\"><strong>Machine translation</strong> French → English by <b>");
      text(bitext.model().id());
      out.write(
          "</b>, not revised by a person. The French is the original and alone" + " counts.</p>\n");
      details(metadata);
      quotes();
      legend();
      out.write("</header>\n<div class=\"row heads\" aria-hidden=\"true\"><div>French · original");
      out.write("</div><div>English · machine translation</div></div>\n");
    }

    private void byline(Map<String, String> metadata) throws IOException {
      List<String> parts = new ArrayList<>();
      for (String key : List.of("author", "site", "date")) {
        if (metadata.containsKey(key)) {
          parts.add(metadata.get(key));
        }
      }
      String url = metadata.getOrDefault("url", "");
      if (parts.isEmpty() && url.isEmpty()) {
        return;
      }
      out.write("<p class=\"byline\">");
      text(String.join(" · ", parts));
      if (!url.isEmpty()) {
        out.write(parts.isEmpty() ? "" : " · ");
        link(url);
      }
      out.write("</p>\n");
    }

    private void link(String url) throws IOException {
      if (url.toLowerCase(Locale.ROOT).matches("https?://\\S+")) {
        out.write("<a rel=\"noopener noreferrer nofollow\" href=\"");
        text(url);
        out.write("\">");
        text(url);
        out.write("</a>");
      } else {
        text(url);
      }
    }

    private void details(Map<String, String> metadata) throws IOException {
      out.write("<details><summary>Source and model</summary>\n<dl>\n");
      term("Input", source.name());
      term("SHA-256 of the input", source.sha256());
      term("Encoding", source.encoding().name());
      term("Length", source.text().length() + " characters (UTF-16 units)");
      for (Map.Entry<String, String> entry : metadata.entrySet()) {
        term(entry.getKey(), entry.getValue());
      }
      for (String notice : source.notices()) {
        term("Notice", notice);
      }
      term("Model", bitext.model().id());
      term("SHA-256 of the model", bitext.model().sha256());
      term("Beam", Integer.toString(bitext.model().beam()));
      out.write("</dl>\n</details>\n");
    }

    private void quotes() throws IOException {
      if (quotes.isEmpty()) {
        return;
      }
      out.write("<details><summary>Quotes (" + quotes.size() + ")</summary>\n<ol>\n");
      for (QuotedPassage quote : quotes) {
        int at = 1;
        for (TranslationUnit unit : bitext.units().toList()) {
          if (unit.source().span().overlaps(quote.source().get(0))) {
            break;
          }
          at++;
        }
        out.write("<li><b>");
        text(quote.speaker() == null ? "no source named" : quote.speaker());
        out.write("</b>, " + quote.type() + ": <a href=\"#s" + at + "\" lang=\"fr\">");
        String between = "";
        for (TextSpan span : quote.source()) {
          text(between + span.of(source.text()).replaceAll("\\s+", " "));
          between = " […] ";
        }
        out.write("</a>");
        if (quote.target() != null) {
          out.write(" → <a href=\"#t" + at + "\">");
          text(quote.target().of(bitext.targetText()).replaceAll("\\s+", " "));
          out.write("</a>");
        }
        for (String note : quote.repaired()) {
          out.write(" <i>");
          text(note);
          out.write("</i>");
        }
        out.write("</li>\n");
      }
      out.write("</ol>\n</details>\n");
    }

    private void term(String name, String value) throws IOException {
      out.write("<div><dt>");
      text(name);
      out.write("</dt><dd>");
      text(value);
      out.write("</dd></div>\n");
    }

    private void legend() throws IOException {
      long all = bitext.units().filter(unit -> !unit.target().isEmpty()).count();
      long low = bitext.units().filter(Page::isDoubtful).count();
      boolean boilerplate =
          bitext.blocks().stream().anyMatch(block -> block.kind() == BlockKind.BOILERPLATE);
      out.write("<ul class=\"legend\">\n");
      out.write("<li class=\"script\">Point at, tap or tab to a sentence: it lights up on ");
      out.write("<span class=\"on\">both sides</span>, a word with those it is linked to, ");
      out.write("<span class=\"sure\">surely</span> or <span class=\"possible\">possibly</span>.");
      out.write(" Arrow keys move, Escape lets go.</li>\n");
      out.write(
          "<li><span class=\"doubt\">Wavy underline</span>: worth a check, estimated quality ");
      out.write(
          String.format(
              Locale.ROOT,
              "below %.2f (%d of %d sentence%s).</li>\n",
              TranslationUnit.DOUBTFUL,
              low,
              all,
              all == 1 ? "" : "s"));
      if (boilerplate) {
        out.write(
            "<li><span class=\"dim\">Pale</span>: text of the page, not of the article.</li>\n");
      }
      out.write("</ul>\n");
    }

    private static boolean isDoubtful(TranslationUnit unit) {
      return unit.isDoubtful();
    }

    private void row(BitextBlock block) throws IOException {
      List<TranslationUnit> units = block.units();
      int first = number + 1;
      open(block.kind());
      cell(block.kind(), "fr");
      for (int i = 0; i < units.size(); i++) {
        TranslationUnit unit = units.get(i);
        if (i > 0) {
          gap(sourceGap(units.get(i - 1), unit));
        }
        number++;
        segment("s", unit, unit.source().text(), sourcePlaces(unit));
      }
      closeCell(block.kind());
      number = first - 1;
      cell(block.kind(), "en");
      boolean translated = false;
      for (int i = 0; i < units.size(); i++) {
        TranslationUnit unit = units.get(i);
        number++;
        if (unit.target().isEmpty()) {
          continue;
        }
        if (translated) {
          gap(targetGap(units.get(i - 1), unit));
        }
        segment("t", unit, unit.targetText(), targetPlaces(unit));
        translated = true;
      }
      if (!translated) {
        untranslated();
      }
      out.write("</" + element(block.kind()) + ">");
      notes(units, first);
      out.write("</div>\n</section>\n");
    }

    private void untranslated() throws IOException {
      out.write("<i class=\"none\">not translated</i>");
    }

    private void open(BlockKind kind) throws IOException {
      out.write("<section class=\"row " + kind.label() + "\">\n");
    }

    private void cell(BlockKind kind, String language) throws IOException {
      out.write("<div class=\"" + language + "\" lang=\"" + language + "\">");
      out.write("<" + element(kind) + ">");
    }

    private void closeCell(BlockKind kind) throws IOException {
      out.write("</" + element(kind) + "></div>\n");
    }

    private static String element(BlockKind kind) {
      return switch (kind) {
        case TITLE -> "h2";
        case QUOTE -> "blockquote";
        default -> "p";
      };
    }

    private void notes(List<TranslationUnit> units, int first) throws IOException {
      if (units.stream().allMatch(unit -> unit.notes().isEmpty())) {
        return;
      }
      out.write("<ul class=\"notes\">\n");
      for (int i = 0; i < units.size(); i++) {
        for (String note : units.get(i).notes()) {
          out.write("<li><a href=\"#s" + (first + i) + "\">Sentence " + (first + i) + "</a>: ");
          text(note);
          out.write("</li>\n");
        }
      }
      out.write("</ul>\n");
    }

    private void gap(String gap) throws IOException {
      out.write(gap.contains("\n") ? "<br>" : gap);
    }

    private String targetGap(TranslationUnit before, TranslationUnit unit) {
      int start = before.target().end();
      int end = unit.target().start();
      String gap = start <= end ? bitext.targetText().substring(start, end) : "";
      return gap.isEmpty() ? " " : gap;
    }

    /**
     * What separates two sentences of the original: a line break where the translation has one or,
     * if there is no translation, where plain text has one.
     */
    private String sourceGap(TranslationUnit before, TranslationUnit unit) {
      Segment one = before.source();
      Segment other = unit.source();
      String raw = source.text().substring(one.span().end(), other.span().start());
      boolean plain = one.map().isIdentity() && other.map().isIdentity();
      boolean silent = before.target().isEmpty() || unit.target().isEmpty();
      String telling = silent ? (plain ? raw : "") : targetGap(before, unit);
      if (telling.contains("\n")) {
        return "\n";
      }
      return raw.isEmpty() ? "" : " ";
    }

    private void segment(String prefix, TranslationUnit unit, String text, List<TextSpan> places)
        throws IOException {
      out.write("<span class=\"seg");
      out.write(isDoubtful(unit) && prefix.equals("t") ? " doubt" : "");
      out.write("\" id=\"" + prefix + number + "\"");
      if (prefix.equals("s")) {
        TextSpan span = unit.source().span();
        out.write(" tabindex=\"0\" data-at=\"" + span.start() + "–" + span.end() + "\"");
        out.write(String.format(Locale.ROOT, " data-quality=\"%.2f\"", unit.quality()));
      }
      out.write(">");
      words(unit, text, places);
      out.write("</span>");
    }

    /** Prints a sentence cut wherever a link begins or ends, each piece with its links. */
    private void words(TranslationUnit unit, String text, List<TextSpan> places)
        throws IOException {
      TreeMap<Integer, List<Integer>> starts = new TreeMap<>();
      TreeMap<Integer, List<Integer>> ends = new TreeMap<>();
      for (int i = 0; i < places.size(); i++) {
        TextSpan place = places.get(i);
        if (!place.isEmpty()) {
          starts.computeIfAbsent(place.start(), key -> new ArrayList<>()).add(i);
          ends.computeIfAbsent(place.end(), key -> new ArrayList<>()).add(i);
        }
      }
      TreeSet<Integer> cuts = new TreeSet<>(starts.keySet());
      cuts.addAll(ends.keySet());
      cuts.add(text.length());
      Set<Integer> open = new TreeSet<>();
      int from = 0;
      for (int cut : cuts) {
        String piece = text.substring(from, cut);
        if (open.isEmpty() || piece.isEmpty()) {
          text(piece);
        } else {
          out.write("<span data-l=\"");
          String space = "";
          for (int link : open) {
            boolean sure = unit.links().get(link).strength() == AlignmentLink.Strength.SURE;
            out.write(space + link + (sure ? "S" : "P"));
            space = " ";
          }
          out.write("\">");
          text(piece);
          out.write("</span>");
        }
        open.removeAll(ends.getOrDefault(cut, List.of()));
        open.addAll(starts.getOrDefault(cut, List.of()));
        from = cut;
      }
    }

    private static List<TextSpan> targetPlaces(TranslationUnit unit) {
      return unit.links().stream()
          .map(link -> whole(link.target().shift(-unit.target().start()), unit.targetText()))
          .toList();
    }

    /** The positions of the links' source sides in the segment's text. */
    private static List<TextSpan> sourcePlaces(TranslationUnit unit) {
      Segment segment = unit.source();
      String text = segment.text();
      if (segment.map().isIdentity()) {
        return unit.links().stream()
            .map(link -> whole(link.source().shift(-segment.span().start()), text))
            .toList();
      }
      TextSpan[] raw = new TextSpan[text.length()];
      for (int i = 0; i < raw.length; i++) {
        raw[i] = segment.toRaw(new TextSpan(i, i + 1));
      }
      List<TextSpan> places = new ArrayList<>();
      for (AlignmentLink link : unit.links()) {
        int start = 0;
        while (start < raw.length && raw[start].end() <= link.source().start()) {
          start++;
        }
        int end = start;
        while (end < raw.length && raw[end].start() < link.source().end()) {
          end++;
        }
        places.add(whole(new TextSpan(start, end), text));
      }
      return places;
    }

    /** The span, widened where it would cut a character in two. */
    private static TextSpan whole(TextSpan span, String text) {
      int start = Surrogates.splitsPair(text, span.start()) ? span.start() - 1 : span.start();
      int end = Surrogates.splitsPair(text, span.end()) ? span.end() + 1 : span.end();
      return new TextSpan(start, end);
    }

    private void text(String text) throws IOException {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        switch (c) {
          case '&' -> out.write("&amp;");
          case '<' -> out.write("&lt;");
          case '>' -> out.write("&gt;");
          case '"' -> out.write("&quot;");
          case '\'' -> out.write("&#39;");
          case '\t', '\n', '\f', '\r' -> out.write(' ');
          default -> {
            if (c < ' ') {
              out.write((char) ('\u2400' + c)); // the control's picture, as in ␀
            } else if (c == '\u007f') {
              out.write('\u2421');
            } else if ((c >= '\u0080' && c < '\u00a0') || Surrogates.isLone(text, i)) {
              out.write('\ufffd');
            } else {
              out.write(c);
            }
          }
        }
      }
    }
  }
}
