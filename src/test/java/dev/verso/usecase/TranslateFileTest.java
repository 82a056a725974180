package dev.verso.usecase;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.engine.Engine;
import dev.verso.file.Pdfs;
import dev.verso.file.TranslatedFile;
import dev.verso.file.Zips;
import dev.verso.text.Cancellation;
import dev.verso.text.InputException;
import dev.verso.translation.Progress;
import dev.verso.translation.TranslationOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files through the model that ships: what is not text comes out as it went in. */
class TranslateFileTest {

  private static final Pattern TAG = Pattern.compile("<(/?[\\w:.-]+)([^>]*)>");

  private static Engine engine;
  private static TranslateFile files;

  @BeforeAll
  static void open() {
    engine = Engine.open(Path.of("models/fr-en"), 2);
    files = new TranslateFile(engine);
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private static byte[] translated(String name, byte[] content) {
    TranslatedFile file =
        files.translate(
            new TranslateFile.Request(name, content, TranslationOptions.DEFAULT.withBeam(1), false),
            Progress.SILENT,
            Cancellation.NONE);
    assertThat(file.sourceCharacters()).isPositive();
    return file.content();
  }

  private static String translated(String name, String content) {
    byte[] result = translated(name, content.getBytes(StandardCharsets.UTF_8));
    return new String(result, StandardCharsets.UTF_8);
  }

  private static byte[] zip(Map<String, String> parts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> part : parts.entrySet()) {
        byte[] content = part.getValue().getBytes(StandardCharsets.UTF_8);
        ZipEntry entry = new ZipEntry(part.getKey());
        if (part.getKey().equals("mimetype")) {
          CRC32 crc = new CRC32();
          crc.update(content);
          entry.setMethod(ZipEntry.STORED);
          entry.setSize(content.length);
          entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static Map<String, String> unzip(byte[] bytes) throws IOException {
    Map<String, String> parts = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        parts.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return parts;
  }

  /** The names of a markup's tags, in order. */
  private static List<String> tags(String markup) {
    List<String> tags = new ArrayList<>();
    Matcher tag = TAG.matcher(markup);
    while (tag.find()) {
      tags.add(tag.group(1));
    }
    return tags;
  }

  private static Map<String, String> docx() {
    String w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    String r = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put(
        "[Content_Types].xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Types"
            + " xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default"
            + " Extension=\"rels\""
            + " ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default"
            + " Extension=\"xml\" ContentType=\"application/xml\"/><Override"
            + " PartName=\"/word/document.xml\""
            + " ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>");
    parts.put(
        "_rels/.rels",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Relationships"
            + " xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship"
            + " Id=\"rId1\" Type=\""
            + r
            + "/officeDocument\" Target=\"word/document.xml\"/></Relationships>");
    parts.put(
        "word/_rels/document.xml.rels",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Relationships"
            + " xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship"
            + " Id=\"rId7\" Type=\""
            + r
            + "/hyperlink\" Target=\"https://example.org/accord\" TargetMode=\"External\"/></Relationships>");
    parts.put(
        "word/document.xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\""
            + w
            + "\" xmlns:r=\""
            + r
            + "\"><w:body>"
            + "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:t>Le conseil municipal</w:t></w:r></w:p>"
            + "<w:p><w:r><w:t xml:space=\"preserve\">Le président a signé </w:t></w:r>"
            + "<w:r><w:rPr><w:b/></w:rPr><w:t>le traité</w:t></w:r>"
            + "<w:r><w:t xml:space=\"preserve\"> avec </w:t></w:r>"
            + "<w:hyperlink r:id=\"rId7\"><w:r><w:rPr><w:u w:val=\"single\"/></w:rPr><w:t>la Pologne</w:t></w:r></w:hyperlink>"
            + "<w:r><w:t>.</w:t></w:r></w:p>"
            + "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Janvier</w:t></w:r></w:p></w:tc>"
            + "<w:tc><w:p><w:r><w:t>12 000</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
            + "</w:body></w:document>");
    return parts;
  }

  @Test
  void wordKeepsParagraphsTablesLinksAndBoldWords() throws IOException {
    Map<String, String> before = docx();
    Map<String, String> after = unzip(translated("accord.docx", zip(before)));
    assertThat(after.keySet()).containsExactlyInAnyOrderElementsOf(before.keySet());
    String document = after.get("word/document.xml");
    for (String kept :
        List.of("w:p", "w:tbl", "w:tr", "w:tc", "w:hyperlink", "w:b", "w:jc", "w:u")) {
      assertThat(tags(document).stream().filter(kept::equals).count())
          .as(kept)
          .isEqualTo(tags(before.get("word/document.xml")).stream().filter(kept::equals).count());
    }
    assertThat(document).contains("r:id=\"rId7\"").doesNotContain("traité");
    assertThat(run(document, "<w:b\\b[^>]*/>")).containsIgnoringCase("treaty");
    assertThat(run(document, "<w:u\\b[^>]*/>")).containsIgnoringCase("Poland");
    assertThat(after.get("word/_rels/document.xml.rels")).contains("https://example.org/accord");
  }

  /** Text of the run with that property. */
  private static String run(String document, String property) {
    Matcher run =
        Pattern.compile(
                "<w:r>\\s*<w:rPr>[^t]*?" + property + ".*?<w:t[^>]*>(.*?)</w:t>", Pattern.DOTALL)
            .matcher(document);
    assertThat(run.find()).as(document).isTrue();
    return run.group(1);
  }

  @Test
  void openDocumentKeepsItsSpans() throws IOException {
    String office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
    String text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("mimetype", "application/vnd.oasis.opendocument.text");
    parts.put(
        "content.xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\""
            + office
            + "\" xmlns:text=\""
            + text
            + "\" office:version=\"1.2\"><office:body><office:text><text:h text:outline-level=\"1\">Un"
            + " titre</text:h><text:p text:style-name=\"P1\">Le président a signé <text:span"
            + " text:style-name=\"T1\">le traité</text:span> hier.</text:p></office:text></office:body></office:document-content>");
    parts.put(
        "META-INF/manifest.xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><manifest:manifest"
            + " xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"><manifest:file-entry"
            + " manifest:full-path=\"/\" manifest:media-type=\"application/vnd.oasis.opendocument.text\"/><manifest:file-entry"
            + " manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>");
    Map<String, String> after = unzip(translated("accord.odt", zip(parts)));
    String content = after.get("content.xml");
    assertThat(tags(content)).isEqualTo(tags(parts.get("content.xml")));
    assertThat(content)
        .containsPattern("<text:span text:style-name=\"T1\">[^<]*treaty[^<]*</text:span>")
        .contains("text:style-name=\"P1\"");
    assertThat(after.get("mimetype")).isEqualTo(parts.get("mimetype"));
  }

  @Test
  void aPageKeepsItsTagsScriptsAndAttributes() {
    String page =
        """
        <!DOCTYPE html>
        <html lang="fr"><head><meta charset="utf-8"><title>Le conseil municipal</title>
        <script>var phrase = "le président";</script></head>
        <body><p>Le président a signé <b>le traité</b> avec <a href="pologne.html">la Pologne</a>.<br>Il a
        remercié ses alliés&nbsp;&amp; ses amis.</p><img src="a.png" alt="Le président"></body></html>
        """;
    String after = translated("page.html", page);
    assertThat(tags(after)).isEqualTo(tags(page));
    assertThat(after)
        .contains("var phrase = \"le président\";", "src=\"a.png\"", "lang=\"en\"", "&amp;")
        .containsPattern("<b>[^<]*treaty[^<]*</b>")
        .containsPattern("<a href=\"pologne.html\">[^<]*Poland[^<]*</a>")
        .doesNotContain("traité");
  }

  @Test
  void markdownKeepsCodeAndLinks() {
    String after =
        translated(
            "lisez-moi.md",
            """
            # Le conseil municipal

            Le président a signé [le traité](https://example.org/accord).

            ```
            code intact
            ```
            """);
    assertThat(after)
        .startsWith("# ")
        .contains("](https://example.org/accord)", "```\ncode intact\n```")
        .doesNotContain("traité");
  }

  @Test
  void subtitlesKeepNumbersAndTimesAndPartASentenceWhereItWasParted() {
    String before =
        """
        1
        00:00:01,000 --> 00:00:03,000
        Le président de la République

        2
        00:00:03,500 --> 00:00:06,000
        a signé hier <i>le traité</i>
        avec la Pologne.

        3
        00:00:07,000 --> 00:00:09,000
        - Vous venez ?
        - Non, merci.
        """;
    String after = translated("film.srt", before);
    assertThat(after.lines().filter(line -> line.matches("\\d+|.*-->.*")).toList())
        .isEqualTo(before.lines().filter(line -> line.matches("\\d+|.*-->.*")).toList());
    String[] captions = after.split("\n\n");
    assertThat(captions).hasSize(3);
    assertThat(captions[0].lines().skip(2).findFirst().orElse("")).isNotBlank();
    assertThat(captions[0]).doesNotContain("treaty");
    assertThat(captions[1].replaceAll("\\s+", " ")).containsPattern("<i>[^<]*treaty[^<]*</i>");
    assertThat(captions[2].lines().filter(line -> line.startsWith("- ")).count()).isEqualTo(2);
    String vtt = translated("film.vtt", "WEBVTT\n\n" + before.replace(',', '.'));
    assertThat(vtt).startsWith("WEBVTT\n\n1\n00:00:01.000 --> 00:00:03.000\n");
  }

  @Test
  void xliffGetsTargetsWhereThereWereNone() {
    String after =
        translated(
            "texte.xlf",
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
            <file original="a" source-language="fr" target-language="en" datatype="plaintext"><body>
            <trans-unit id="1"><source>Le président a signé <g id="1">le traité</g>.</source></trans-unit>
            <trans-unit id="2"><source>Le chat dort.</source><target>Kept as it is.</target></trans-unit>
            </body></file></xliff>
            """);
    assertThat(after)
        .contains("Le président a signé <g id=\"1\">le traité</g>.", "Kept as it is.")
        .containsPattern("(?s)<target[^>]*>.*<g id=\"1\">[^<]*treaty[^<]*</g>");
    String second =
        translated(
            "texte.xlf",
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="fr" trgLang="en">
            <file id="f"><unit id="u"><segment><source>Le président a signé <pc id="1">le traité</pc>.</source></segment></unit></file></xliff>
            """);
    assertThat(second).containsPattern("(?s)<target[^>]*>.*<pc id=\"1\">[^<]*treaty[^<]*</pc>");
    assertThatThrownBy(
            () ->
                translated(
                    "texte.xlf",
                    "<xliff version=\"1.2\"><file source-language=\"de\" target-language=\"en\"/></xliff>"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("source-language=\"de\"");
  }

  @Test
  void textKeepsWhatStandsBetweenSentences() {
    String after =
        translated("note.txt", "  Le conseil municipal\n\n\n\tLe président a signé le traité.  \n");
    assertThat(after).matches("(?s)  [^\\n]+\\n\\n\\n\\t[^\\n]+  \\n");
  }

  @Test
  void aPdfBecomesASideBySidePage() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PDDocument pdf = new PDDocument()) {
      PDPage page = new PDPage();
      pdf.addPage(page);
      try (PDPageContentStream out = new PDPageContentStream(pdf, page)) {
        out.beginText();
        out.setFont(new PDType1Font(FontName.HELVETICA), 12);
        out.newLineAtOffset(72, 700);
        out.showText("Le président a signé le traité avec la Pologne, hier, à Paris.");
        out.endText();
      }
      pdf.save(bytes);
    }
    String page = new String(translated("accord.pdf", bytes.toByteArray()), StandardCharsets.UTF_8);
    assertThat(page).startsWith("<!").containsIgnoringCase("Poland").contains("Pologne");
    try (PDDocument empty = new PDDocument()) {
      empty.addPage(new PDPage());
      ByteArrayOutputStream scan = new ByteArrayOutputStream();
      empty.save(scan);
      assertThatThrownBy(() -> translated("scan.pdf", scan.toByteArray()))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("OCR");
    }
  }

  @Test
  void noElementOfHtmlStopsAPage() {
    StringBuilder page = new StringBuilder("<!DOCTYPE html><html><body><p>Le chat dort.</p>");
    for (String element :
        ("abbr address area article aside audio b base bdi bdo blockquote br button canvas caption"
                + " center cite code col colgroup data datalist dd del details dfn dialog div dl dt"
                + " em embed fieldset figcaption figure font footer form h1 h6 header hgroup hr i"
                + " iframe img input ins kbd label legend li link main map mark menu meter nav"
                + " noscript object ol optgroup option output p param picture pre progress q rp rt"
                + " ruby s samp search section select slot small source span strong sub summary sup"
                + " table tbody td template tfoot th thead time tr track u ul var video wbr x-own")
            .split(" ")) {
      page.append('<').append(element).append("></").append(element).append(">\n");
    }
    String translated =
        translated("page.html", page.append("<p>Il pleut.</p></body></html>").toString());
    assertThat(translated).contains("cat", "<audio>", "<track>", "<x-own>", "rain");
  }

  private static String piece(TranslateTexts.Kind kind, String markup) {
    return new TranslateTexts(engine)
        .translate(
            List.of(markup),
            TranslateTexts.Manner.of(kind),
            TranslationOptions.DEFAULT.withBeam(1),
            Cancellation.NONE)
        .get(0);
  }

  @Test
  void fragmentsKeepTheirTags() {
    String html = piece(TranslateTexts.Kind.HTML, "<p>Le président a signé <b>le traité</b>.</p>");
    assertThat(html).matches("<p>.*<b>.*treaty.*</b>.*</p>");
    String xml =
        piece(TranslateTexts.Kind.XML, "<x>Le président a signé <y n=\"1\">le traité</y>.</x>");
    assertThat(xml).contains("<x>", "<y n=\"1\">", "</y>", "treaty");
    assertThat(piece(TranslateTexts.Kind.HTML, "<p> </p>")).isEqualTo("<p> </p>");
  }

  @ParameterizedTest
  @CsvSource({
    "a.bin, application/zip, not a document",
    "bombe.docx, bomb, unpacks to far more",
    "entites.docx, doctype, declares a document type",
    "casse.docx, cut, damaged",
    "vide.html, empty, holds no text"
  })
  void whatCannotBeReadIsNamed(String name, String what, String message) throws IOException {
    byte[] content =
        switch (what) {
          case "application/zip" -> zip(Map.of("a.txt", "rien"));
          case "bomb" -> zip(Map.of("word/document.xml", " ".repeat(40 << 20)));
          case "doctype" ->
              zip(
                  Map.of(
                      "word/document.xml",
                      "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>"));
          case "cut" -> java.util.Arrays.copyOf(zip(docx()), 700);
          default -> "<html><body><p></p></body></html>".getBytes(StandardCharsets.UTF_8);
        };
    assertThatThrownBy(() -> translated(name, content))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(name)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.txt", "a.html", "a.md", "a.srt", "a.docx", "a.odt", "a.pdf"})
  void textIsCountedBeforeItIsTranslated(String name) {
    String text = "Le chat dort.";
    byte[] content =
        switch (name) {
          case "a.html" -> ("<html><body><p>" + text + "</p></body></html>").getBytes(UTF_8);
          case "a.srt" -> ("1\n00:00:01,000 --> 00:00:03,000\n" + text + "\n").getBytes(UTF_8);
          case "a.docx" -> Zips.of(Zips.word(Zips.paragraph(text)));
          case "a.odt" -> Zips.of(Zips.openDocument("<text:p>" + text + "</text:p>"));
          case "a.pdf" -> Pdfs.saying(text);
          default -> text.getBytes(UTF_8);
        };
    AtomicLong counted = new AtomicLong();
    AtomicBoolean begun = new AtomicBoolean();
    LongConsumer refusing =
        characters -> {
          counted.set(characters);
          throw new InputException("the quota is used up");
        };
    Progress progress = (done, total) -> begun.set(true);
    TranslationOptions options = TranslationOptions.DEFAULT.withBeam(1);
    assertThatThrownBy(
            () ->
                files.translate(
                    new TranslateFile.Request(name, content, options, true, refusing),
                    progress,
                    Cancellation.NONE))
        .isInstanceOf(InputException.class)
        .hasMessage("the quota is used up");
    assertThat(begun).isFalse();
    assertThat(counted.get()).isBetween((long) text.length(), text.length() + 10L);
    TranslatedFile done =
        files.translate(
            new TranslateFile.Request(name, content, options, true, counted::set),
            progress,
            Cancellation.NONE);
    assertThat(done.sourceCharacters()).isEqualTo(counted.get());
  }

  @Test
  void otherLanguagesAreRefused() {
    assertThatThrownBy(
            () ->
                translated(
                    "page.html",
                    "<html><body><p>The president signed the treaty with Poland yesterday in the"
                        + " capital, and everybody was happy about it.</p></body></html>"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("English");
  }
}
