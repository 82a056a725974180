package dev.verso.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.text.Cancellation;
import dev.verso.text.InputException;
import dev.verso.translation.MarkedText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a file refers to, in any format, nothing connects to it. Each of the two defences is
 * tested without the other: the filters in this process, which is not confined, and unmasked files
 * in the process that is.
 */
@Timeout(300)
class NothingOutsideIsOpenedTest {

  /** Of the Internationalization Tag Set 2.0, and what its readers also know. */
  private static final List<String> ITS =
      List.of(
          "locQualityIssuesRef",
          "locQualityIssueProfileRef",
          "locQualityRatingProfileRef",
          "provenanceRecordsRef",
          "provRef",
          "personRef",
          "orgRef",
          "toolRef",
          "revPersonRef",
          "revOrgRef",
          "revToolRef",
          "termInfoRef",
          "taClassRef",
          "taIdentRef",
          "taSource",
          "locNoteRef",
          "externalResourceRef",
          "domainPointer",
          "annotatorsRef",
          "mtConfidence",
          "storageEncoding");

  private static final int EVERYWHERE = -1;
  private static final int TRANS_UNIT = 3;

  @TempDir private Path folder;
  private Outside outside;

  @BeforeEach
  void open() throws IOException {
    outside = new Outside(folder);
  }

  @AfterEach
  void nobodyCalled() throws IOException {
    assertThat(outside.calls()).as("calls from a reader").isZero();
    outside.close();
  }

  /** The file with its own texts as translations, read in this process; or why it was refused. */
  private static String here(Form form, String content) {
    return here(form, content.getBytes(StandardCharsets.UTF_8));
  }

  private static String here(Form form, byte[] content) {
    try {
      if (form == Form.PDF) {
        return PdfText.of("file", content, FileLimits.DEFAULT) + '\n';
      }
      List<MarkedText> texts = OkapiFile.texts(form, "file", content, FileLimits.DEFAULT);
      return shown(form, texts, OkapiFile.merged(form, "file", content, texts));
    } catch (InputException e) {
      return e.getMessage();
    }
  }

  /** As {@link #here}, in a separate process, as for users. */
  private static String there(Form form, byte[] content) {
    ReaderProcesses readers = ReaderProcesses.SHARED;
    try {
      List<MarkedText> texts = readers.texts(form, "file", content, Cancellation.NONE);
      byte[] merged =
          form == Form.PDF
              ? new byte[0]
              : readers.merged(form, "file", content, texts, Cancellation.NONE);
      return shown(form, texts, merged);
    } catch (InputException e) {
      return e.getMessage();
    }
  }

  private static String shown(Form form, List<MarkedText> texts, byte[] merged) {
    StringBuilder shown = new StringBuilder();
    texts.forEach(text -> shown.append(text.text()).append('\n'));
    if (!form.isArchive()) {
      return shown.append(new String(merged, StandardCharsets.UTF_8)).toString();
    }
    try (ZipInputStream zip = new ZipInputStream(new java.io.ByteArrayInputStream(merged))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        shown.append(new String(zip.readAllBytes(), StandardCharsets.UTF_8)).append('\n');
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return shown.toString();
  }

  private void both(Form form, String content) {
    both(form, content.getBytes(StandardCharsets.UTF_8));
  }

  private void both(Form form, byte[] content) {
    String here = here(form, content);
    assertThat(here).doesNotContain("canari a chanté");
    assertThat(there(form, content)).isEqualTo(here);
    assertThat(outside.calls()).as("calls from a reader").isZero();
  }

  private static String xliff(String prefix, String attribute, String value, int place) {
    String[] at = new String[7];
    String put = " " + prefix + ":" + attribute + "=\"" + value + "\"";
    for (int i = 0; i < at.length; i++) {
      at[i] = place == EVERYWHERE || place == i ? put : "";
    }
    return "<?xml version=\"1.0\"?><xliff version=\"1.2\""
        + " xmlns=\"urn:oasis:names:tc:xliff:document:1.2\" xmlns:"
        + prefix
        + "=\"http://www.w3.org/2005/11/its\""
        + at[0]
        + "><file original=\"a\" source-language=\"fr\" target-language=\"en\""
        + " datatype=\"plaintext\""
        + at[1]
        + "><body><group id=\"g\""
        + at[2]
        + "><trans-unit id=\"1\""
        + at[3]
        + "><source"
        + at[4]
        + ">Le <mrk mtype=\"x-its\""
        + at[5]
        + ">chat</mrk> dort.</source><alt-trans"
        + at[6]
        + "><target>The cat.</target></alt-trans></trans-unit></group></body></file></xliff>";
  }

  @ParameterizedTest
  @ValueSource(strings = {"its", "i"})
  void noReferenceOfAnXliffIsFollowed(String prefix) {
    List<String> hashes = List.of("#a", "&#35;a", "&#x23;a", "#");
    int number = 0;
    for (String attribute : ITS) {
      for (String address : outside.addresses()) {
        // Each address meets each spelling, though not with each attribute.
        String hash = hashes.get(++number % hashes.size());
        String result = here(Form.XLIFF, xliff(prefix, attribute, address + hash, EVERYWHERE));
        assertThat(result).contains("Le chat dort.").doesNotContain("canari a chanté");
        assertThat(outside.calls()).as(attribute + " " + address + hash).isZero();
      }
    }
  }

  @Test
  void referencesOfAnXliffComeOutAsTheyWent() {
    for (String address : outside.addresses()) {
      for (String attribute : ITS) {
        for (String prefix : List.of("i", "its")) {
          String given = xliff(prefix, attribute, address + "#a", TRANS_UNIT);
          assertThat(here(Form.XLIFF, given))
              .contains(" " + prefix + ":" + attribute + "=\"" + address + "#a\"");
        }
      }
    }
  }

  @Test
  void anXliffIsReadInItsProcessAsHere() {
    for (String address : outside.addresses()) {
      both(Form.XLIFF, xliff("its", "locQualityIssuesRef", address + "#a", 3));
      both(
          Form.XLIFF,
          """
          <xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:its="http://www.w3.org/2005/11/its"
            xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
            xsi:schemaLocation="urn:oasis:names:tc:xliff:document:1.2 ADDRESS" xml:base="ADDRESS">
          <?xml-stylesheet href="ADDRESS" type="text/xsl"?>
          <file original="ADDRESS" source-language="fr" target-language="en" datatype="html"><header>
          <skl><external-file href="ADDRESS" uid="1"/></skl><reference><external-file href="ADDRESS"/></reference>
          <glossary><external-file href="ADDRESS"/></glossary>
          <its:rules version="2.0" xlink:href="ADDRESS" xlink:type="simple"/></header><body>
          <bin-unit id="b" mime-type="image/png"><bin-source><external-file href="ADDRESS"/></bin-source></bin-unit>
          <trans-unit id="1" xml:base="ADDRESS"><source>Le chat dort.</source></trans-unit></body></file></xliff>
          """
              .replace("ADDRESS", address));
      both(
          Form.XLIFF,
          """
          <xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="fr" trgLang="en"
            xmlns:its="http://www.w3.org/2005/11/its" xmlns:itsm="urn:oasis:names:tc:xliff:itsm:2.1"
            xmlns:res="urn:oasis:names:tc:xliff:resourcedata:2.0" xmlns:gls="urn:oasis:names:tc:xliff:glossary:2.0"
            xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0" xmlns:xi="http://www.w3.org/2001/XInclude"
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
            xsi:schemaLocation="urn:oasis:names:tc:xliff:document:2.0 ADDRESS">
          <file id="f" original="ADDRESS"><skeleton href="ADDRESS"/>
          <unit id="u" its:locQualityIssuesRef="ADDRESS#a" its:provenanceRecordsRef="ADDRESS#a">
          <originalData><data id="d">&lt;a href="ADDRESS"></data></originalData>
          <segment><source>Le <mrk id="m" type="term" ref="ADDRESS#a">chat</mrk> <ph id="1" dataRef="d"/> dort.</source></segment>
          </unit></file></xliff>
          """
              .replace("ADDRESS", address));
      both(
          Form.XLIFF,
          """
          <xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="fr" trgLang="en">
          <file id="f"><skeleton href="ADDRESS"/><unit id="u"><segment><source>Le <mrk id="m" type="term"
          ref="ADDRESS#a">chat</mrk> dort.</source></segment></unit></file></xliff>
          """
              .replace("ADDRESS", address));
    }
  }

  @Test
  void noReferenceOfAPageOrOfMarkdownIsFollowed() {
    for (String address : outside.addresses()) {
      String page =
          """
          <!DOCTYPE html SYSTEM "ADDRESS">
          <html manifest="ADDRESS"><head><base href="ADDRESS"><link rel="its-rules" href="ADDRESS">
          <link rel="stylesheet" href="ADDRESS"><link rel="import" href="ADDRESS"><meta http-equiv="refresh" content="0;url=ADDRESS">
          <script src="ADDRESS"></script><style>@import url("ADDRESS");</style></head><body background="ADDRESS">
          <p its-loc-quality-issues-ref="ADDRESS#a" its-provenance-records-ref="ADDRESS#a" cite="ADDRESS">Le chat dort.</p>
          <img src="ADDRESS" srcset="ADDRESS" longdesc="ADDRESS" usemap="ADDRESS#a" alt="Le chat"><iframe src="ADDRESS"></iframe>
          <object data="ADDRESS" codebase="ADDRESS" classid="ADDRESS"><param name="src" value="ADDRESS"></object>
          <embed src="ADDRESS"><applet code="ADDRESS" archive="ADDRESS"></applet><video src="ADDRESS" poster="ADDRESS"></video>
          <form action="ADDRESS"><input type="image" src="ADDRESS" formaction="ADDRESS"></form>
          <svg xmlns:xlink="http://www.w3.org/1999/xlink"><use xlink:href="ADDRESS#a"/><image href="ADDRESS"/></svg>
          <!--#include virtual="ADDRESS"--><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="ADDRESS"/></body></html>
          """
              .replace("ADDRESS", address);
      both(Form.HTML, page);
      both(Form.HTML_PIECE, page);
      both(
          Form.MARKDOWN,
          """
          ---
          include: ADDRESS
          value: !!java.net.URL [ADDRESS]
          ---
          Le chat dort. ![Le chat](ADDRESS) [Le chat](ADDRESS "Le chat") <ADDRESS> [r]

          [r]: ADDRESS "Le chat"
          !include ADDRESS
          {% include ADDRESS %} <img src="ADDRESS"> @import "ADDRESS"
          """
              .replace("ADDRESS", address));
    }
  }

  @Test
  void noReferenceOfAPieceOfXmlIsFollowed() {
    for (String address : outside.addresses()) {
      both(
          Form.XML_PIECE,
          """
          <?xml-stylesheet href="ADDRESS"?><a xmlns:xi="http://www.w3.org/2001/XInclude"
          xmlns:its="http://www.w3.org/2005/11/its" xmlns:xlink="http://www.w3.org/1999/xlink"
          xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="ADDRESS"
          xml:base="ADDRESS" its:locQualityIssuesRef="ADDRESS#a">
          <its:rules version="2.0" xlink:href="ADDRESS"/><xi:include href="ADDRESS" parse="text"/>Le chat dort.</a>
          """
              .replace("ADDRESS", address));
      both(
          Form.XML_PIECE,
          "<!DOCTYPE a [<!ENTITY b SYSTEM \"" + address + "\">]><a>Le chat dort. &b;</a>");
    }
  }

  @Test
  void noReferenceOfAnOfficeDocumentIsFollowed() {
    for (String address : outside.addresses()) {
      String external = "TargetMode=\"External\"";
      StringBuilder links = new StringBuilder();
      for (String type :
          List.of(
              "image",
              "hyperlink",
              "attachedTemplate",
              "subDocument",
              "aFChunk",
              "oleObject",
              "frame",
              "styles",
              "theme",
              "settings",
              "footnotes",
              "header",
              "comments",
              "numbering",
              "glossaryDocument",
              "customXml",
              "video",
              "externalLinkPath")) {
        links.append(Zips.relationship(type, address, external));
        links.append(Zips.relationship(type, address + "?", ""));
      }
      Map<String, String> word =
          Zips.word(
              Zips.paragraph("Le chat dort.")
                  + "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>INCLUDETEXT \""
                  + address
                  + "\"</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
                  + "<w:altChunk r:id=\"a\"/>");
      word.put("word/_rels/document.xml.rels", Zips.relationships(links.toString()));
      both(Form.OFFICE, Zips.of(word));
      Map<String, String> main = Zips.word(Zips.paragraph("Le chat dort."));
      main.put(
          "_rels/.rels",
          Zips.relationships(
              Zips.relationship("officeDocument", address, external)
                  + Zips.relationship("officeDocument", "word/document.xml", "")));
      both(Form.OFFICE, Zips.of(main));
      both(
          Form.OPEN_DOCUMENT,
          Zips.of(
              Zips.openDocument(
                  """
                  <text:section text:name="s"><text:section-source xlink:href="ADDRESS" text:filter-name="writer8"/></text:section>
                  <text:p>Le <text:a xlink:href="ADDRESS">chat</text:a> dort.<draw:frame><draw:image xlink:href="ADDRESS"/>
                  <draw:object xlink:href="ADDRESS"/><draw:plugin xlink:href="ADDRESS"/></draw:frame></text:p>
                  """
                      .replace("ADDRESS", address))));
    }
  }

  @Test
  void noReferenceOfAPdfIsFollowed() {
    for (String address : outside.addresses()) {
      String spec = "<< /Type /Filespec /FS /URL /F (" + address + ") /UF (" + address + ") >>";
      both(
          Form.PDF,
          Pdfs.of(
              "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /URI /URI ("
                  + address
                  + ") >> /AA << /WC << /S /Launch /F "
                  + spec
                  + " >> >> /URI << /Base ("
                  + address
                  + ") >> /AcroForm << /XFA (<xdp xmlns='"
                  + address
                  + "'/>) /Fields [] >> >>",
              "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
              "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents [4 0 R 5 0 R]"
                  + " /Resources << /Font << /F 6 0 R >> /XObject << /R 7 0 R >> >> /Annots [<< /Type"
                  + " /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /GoToR /F "
                  + spec
                  + " /D [0 /Fit] >> >>] >>",
              Pdfs.stream("", "BT /F 12 Tf 72 700 Td (Le chat dort.) Tj ET /R Do"),
              Pdfs.stream("/F " + spec + " /FFilter /FlateDecode", ""),
              "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
              Pdfs.stream(
                  "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Ref << /F "
                      + spec
                      + " /Page 0 >>",
                  "")));
    }
  }

  @Test
  void noReferenceOfATranslationMemoryIsFollowed() {
    List<String> results = new ArrayList<>();
    for (String address : outside.addresses()) {
      for (String type :
          List.of(
              "SYSTEM \"" + address + "\"",
              "SYSTEM \"" + address + "\" [<!ENTITY b SYSTEM \"" + address + "\">]",
              "[<!ENTITY % d SYSTEM \""
                  + address
                  + "\"> %d; <!ENTITY b SYSTEM \""
                  + address
                  + "\">]",
              "[<!ENTITY b \"x\">]")) {
        try {
          results.add(
              String.valueOf(
                  TranslationMemories.read(
                      "m.tmx",
                      ("<?xml version=\"1.0\"?><!DOCTYPE tmx "
                              + type
                              + "><tmx version=\"1.4\"><body><tu><tuv xml:lang=\"fr\"><seg>Le chat &b;</seg></tuv>"
                              + "<tuv xml:lang=\"en\"><seg>The cat</seg></tuv></tu></body></tmx>")
                          .getBytes(StandardCharsets.UTF_8))));
        } catch (InputException e) {
          results.add(e.getMessage());
        }
      }
    }
    assertThat(results).noneMatch(result -> result.contains("canari a chanté"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTF-8",
        "UTF-8 mark",
        "UTF-16LE",
        "UTF-16LE mark",
        "UTF-16BE",
        "UTF-16BE mark",
        "UTF-32LE mark",
        "UTF-32BE mark",
        "UTF-32BE",
        "ISO-8859-1"
      })
  void documentTypesAreRefusedInEveryEncoding(String how) throws IOException {
    String encoding = how.replace(" mark", "");
    String declared = encoding.replaceAll("[LB]E$", "");
    String canary = outside.canary().toUri().toString();
    for (String before :
        List.of(
            "<?xml version=\"1.0\" encoding=\"" + declared + "\"?>",
            "<?xml version='1.0' encoding='"
                + declared
                + "'?><!--"
                + "-".repeat(0)
                + " ".repeat(200_000)
                + "-->\n",
            "<?xml version=\"1.0\" encoding=\""
                + declared
                + "\"?><?a <xliff <a> ?><!-- <xliff> -->")) {
      String type = "<!DOCTYPE a [<!ENTITY b SYSTEM \"" + canary + "\">]>";
      String xliff =
          "<xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\"><file"
              + " original=\"a\" source-language=\"fr\" target-language=\"en\" datatype=\"x\"><body>"
              + "<trans-unit id=\"1\"><source>Le chat dort. &b;</source></trans-unit></body></file></xliff>";
      byte[] hostile = encoded(how, before + type + xliff);
      assertThatThrownBy(() -> OkapiFile.texts(Form.XLIFF, "a.xlf", hostile, FileLimits.DEFAULT))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("declares a document type");
      byte[] harmless = encoded(how, before + xliff.replace("&b;", ""));
      assertThat(here(Form.XLIFF, harmless)).contains("Le chat dort.");
      for (String part :
          List.of("word/autre.bin", "customXml/item1.xml", "a", "word/_rels/b.rels")) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        Zips.word(Zips.paragraph("Le chat dort."))
            .forEach((name, text) -> parts.put(name, text.getBytes(StandardCharsets.UTF_8)));
        parts.put(part, hostile);
        byte[] document = Zips.ofBytes(parts);
        assertThatThrownBy(
                () -> OkapiFile.texts(Form.OFFICE, "a.docx", document, FileLimits.DEFAULT))
            .isInstanceOf(InputException.class)
            .hasMessageContaining("a.docx: its part " + part + " declares a document type");
      }
    }
    byte[] found = encoded(how, "<?xml version=\"1.0\"?><xliff version=\"1.2\"/>");
    assertThat(FileKind.of("a", found)).isEqualTo(FileKind.XLIFF);
  }

  private static byte[] encoded(String how, String text) {
    String encoding = how.replace(" mark", "");
    String marked = how.endsWith(" mark") ? "\uFEFF" + text : text;
    return marked.getBytes(Charset.forName(encoding));
  }

  @Test
  void aConfinedProcessOpensNothing() throws IOException, InterruptedException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.security.manager=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Captive.class.getName(),
                folder.resolve("mine").toString(),
                outside.canary().toString(),
                String.valueOf(outside.port()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (InputStream in = process.getInputStream()) {
      in.transferTo(said);
    }
    assertThat(process.waitFor()).isZero();
    assertThat(said.toString(StandardCharsets.UTF_8)).isEqualTo("confined\n");
    assertThat(folder.resolve("mine").resolve("a")).hasContent("Le chat dort.");
  }
}
