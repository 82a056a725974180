package dev.verso.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.verso.file.Pdfs;
import dev.verso.file.Zips;
import dev.verso.service.RunningService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of file through each command and door: a result with its place, or a clear refusal. */
class EveryDocumentTest {

  private static final String FIRST = "Il a plu toute la nuit sur la ville de Lyon.";
  private static final String SECOND =
      "« Nous irons à Genève », a déclaré la ministre Anne Roy devant les députés.";
  private static final String ENGLISH =
      "It rained all night on the city of Lyon.\n\n\"We will go to Geneva\", said minister Anne Roy"
          + " in front of the deputies.";
  private static final String QUOTE = "We will go to Geneva";

  @TempDir static Path folder;

  private static RunningService service;

  @BeforeAll
  static void start() {
    service = RunningService.start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static byte[] content(String name) {
    return switch (name) {
      case "a.docx" -> Zips.of(Zips.word(Zips.paragraph(FIRST) + Zips.paragraph(SECOND)));
      case "a.odt" ->
          Zips.of(
              Zips.openDocument("<text:p>" + FIRST + "</text:p><text:p>" + SECOND + "</text:p>"));
      case "a.pptx" -> presentation();
      case "a.xlsx" -> workbook();
      case "a.pdf" -> pages();
      default -> text(name).getBytes(StandardCharsets.UTF_8);
    };
  }

  private static String text(String name) {
    return switch (name) {
      case "a.txt", "a.md" -> FIRST + "\n\n" + SECOND + "\n";
      case "a.html" ->
          "<html><body><article><p>" + FIRST + "</p><p>" + SECOND + "</p></article></body></html>";
      case "a.srt" ->
          "1\n00:00:01,000 --> 00:00:02,000\n"
              + FIRST
              + "\n\n2\n00:00:03,000 --> 00:00:04,000\n<i>« Nous irons à Genève »,</i>\n\n"
              + "3\n00:00:05,000 --> 00:00:06,000\na déclaré la ministre Anne Roy.\n";
      case "a.vtt" ->
          "WEBVTT\n\n00:01.000 --> 00:02.000\n"
              + FIRST
              + "\n\n00:03.000 --> 00:04.000\n"
              + SECOND
              + "\n";
      case "a.xlf" ->
          "<xliff xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" version=\"2.0\" srcLang=\"fr\""
              + " trgLang=\"en\"><file id=\"f\"><unit id=\"1\"><segment><source>"
              + FIRST
              + "</source></segment></unit><unit id=\"2\"><segment><source>"
              + SECOND
              + "</source></segment></unit></file></xliff>";
      case "a.po" -> "msgid \"Le chat dort.\"\nmsgstr \"\"\n";
      case "a.json" -> "{\"titre\": \"Le chat dort.\"}";
      case "a.properties" -> "titre=Le chat dort.\n";
      case "a.yaml" -> "titre: Le chat dort.\n";
      case "a.xml" -> "<resources><string name=\"t\">Le chat dort.</string></resources>";
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static byte[] presentation() {
    String office = "http://schemas.openxmlformats.org/";
    String type = office + "officeDocument/2006/relationships/";
    String presentation = "application/vnd.openxmlformats-officedocument.presentationml.";
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put(
        "[Content_Types].xml",
        "<Types xmlns=\""
            + office
            + "package/2006/content-types\"><Default Extension=\"rels\""
            + " ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + "<Override PartName=\"/ppt/presentation.xml\" ContentType=\""
            + presentation
            + "presentation.main+xml\"/><Override PartName=\"/ppt/slides/slide1.xml\""
            + " ContentType=\""
            + presentation
            + "slide+xml\"/></Types>");
    String relationships = "<Relationships xmlns=\"" + office + "package/2006/relationships\">";
    parts.put(
        "_rels/.rels",
        relationships
            + "<Relationship Id=\"r1\" Type=\""
            + type
            + "officeDocument\" Target=\"ppt/presentation.xml\"/></Relationships>");
    parts.put(
        "ppt/presentation.xml",
        "<p:presentation xmlns:p=\""
            + office
            + "presentationml/2006/main\" xmlns:r=\""
            + office
            + "officeDocument/2006/relationships\"><p:sldIdLst><p:sldId id=\"256\" r:id=\"r1\"/>"
            + "</p:sldIdLst></p:presentation>");
    parts.put(
        "ppt/_rels/presentation.xml.rels",
        relationships
            + "<Relationship Id=\"r1\" Type=\""
            + type
            + "slide\" Target=\"slides/slide1.xml\"/></Relationships>");
    String paragraph = "<a:p><a:r><a:t>%s</a:t></a:r></a:p>";
    parts.put(
        "ppt/slides/slide1.xml",
        "<p:sld xmlns:p=\""
            + office
            + "presentationml/2006/main\" xmlns:a=\""
            + office
            + "drawingml/2006/main\"><p:cSld><p:spTree><p:nvGrpSpPr>"
            + "<p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/><p:sp>"
            + "<p:nvSpPr><p:cNvPr id=\"2\" name=\"t\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>"
            + "<p:txBody>"
            + paragraph.formatted(FIRST)
            + paragraph.formatted(SECOND)
            + "</p:txBody></p:sp></p:spTree></p:cSld></p:sld>");
    return Zips.of(parts);
  }

  private static byte[] workbook() {
    String office = "http://schemas.openxmlformats.org/";
    String type = office + "officeDocument/2006/relationships/";
    String main = office + "spreadsheetml/2006/main";
    String workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put(
        "[Content_Types].xml",
        "<Types xmlns=\""
            + office
            + "package/2006/content-types\"><Default Extension=\"rels\""
            + " ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + "<Override PartName=\"/xl/workbook.xml\" ContentType=\""
            + workbook
            + "sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\""
            + workbook
            + "worksheet+xml\"/><Override PartName=\"/xl/sharedStrings.xml\" ContentType=\""
            + workbook
            + "sharedStrings+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\""
            + workbook
            + "styles+xml\"/></Types>");
    String relationships = "<Relationships xmlns=\"" + office + "package/2006/relationships\">";
    parts.put(
        "_rels/.rels",
        relationships
            + "<Relationship Id=\"r1\" Type=\""
            + type
            + "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
    parts.put(
        "xl/workbook.xml",
        "<workbook xmlns=\""
            + main
            + "\" xmlns:r=\""
            + office
            + "officeDocument/2006/relationships\"><sheets><sheet name=\"Un\" sheetId=\"1\""
            + " r:id=\"r1\"/></sheets></workbook>");
    parts.put(
        "xl/_rels/workbook.xml.rels",
        relationships
            + "<Relationship Id=\"r1\" Type=\""
            + type
            + "worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\""
            + type
            + "sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"r3\" Type=\""
            + type
            + "styles\" Target=\"styles.xml\"/></Relationships>");
    parts.put(
        "xl/styles.xml",
        "<styleSheet xmlns=\""
            + main
            + "\"><fonts count=\"1\"><font/></fonts><fills count=\"1\"><fill/></fills>"
            + "<borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs>"
            + "<cellXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\""
            + " xfId=\"0\"/></cellXfs></styleSheet>");
    parts.put(
        "xl/worksheets/sheet1.xml",
        "<worksheet xmlns=\""
            + main
            + "\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row r=\"2\">"
            + "<c r=\"A2\" t=\"s\"><v>1</v></c></row></sheetData></worksheet>");
    parts.put(
        "xl/sharedStrings.xml",
        "<sst xmlns=\""
            + main
            + "\" count=\"2\" uniqueCount=\"2\"><si><t>"
            + FIRST
            + "</t></si><si><t>"
            + SECOND
            + "</t></si></sst>");
    return Zips.of(parts);
  }

  private static byte[] pages() {
    String font =
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";
    String page =
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources <<"
            + " /Font << /F 7 0 R >> >> >>";
    return Pdfs.of(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>",
        page.formatted(5),
        page.formatted(6),
        said(FIRST),
        said(SECOND),
        font);
  }

  private static String said(String text) {
    String content = "BT /F 12 Tf 72 700 Td (" + text + ") Tj ET";
    return "<< /Length " + content.length() + " >>\nstream\n" + content + "\nendstream";
  }

  private static Path file(String name) throws IOException {
    return Files.write(folder.resolve(name), content(name));
  }

  private record Run(int exit, String out, String err) {}

  private static Run run(Object... args) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
      String[] strings = List.of(args).stream().map(Object::toString).toArray(String[]::new);
      int exit = Main.run(strings);
      return new Run(
          exit,
          outBytes.toString(StandardCharsets.UTF_8),
          errBytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private static JsonNode json(String text) throws IOException {
    return RunningService.MAPPER.readTree(text);
  }

  /** Files as field, name, field, name…, then fields as name=value. */
  private static HttpResponse<String> upload(String path, List<String> files, String... fields)
      throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    String part = "--parting\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n";
    for (int i = 0; i < files.size(); i += 2) {
      String name = files.get(i + 1);
      body.writeBytes(
          part.formatted(files.get(i), "; filename=\"" + name + "\"")
              .getBytes(StandardCharsets.UTF_8));
      body.writeBytes(
          name.equals("en.txt") ? ENGLISH.getBytes(StandardCharsets.UTF_8) : content(name));
      body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    for (String field : fields) {
      String[] halves = field.split("=", 2);
      body.writeBytes(
          (part.formatted(halves[0], "") + halves[1] + "\r\n").getBytes(StandardCharsets.UTF_8));
    }
    body.writeBytes("--parting--\r\n".getBytes(StandardCharsets.UTF_8));
    return service.bytes(
        path,
        "multipart/form-data; boundary=parting",
        BodyPublishers.ofByteArray(body.toByteArray()));
  }

  @ParameterizedTest
  @CsvSource({
    "a.txt, -, 0",
    "a.md, -, 0",
    "a.html, -, 0",
    "a.docx, paragraph, 2",
    "a.odt, paragraph, 2",
    "a.pptx, paragraph, 2",
    "a.xlsx, paragraph, 2",
    "a.pdf, page, 2",
    "a.srt, cue, 2",
    "a.vtt, cue, 2",
    "a.xlf, segment, 2"
  })
  void proseOfEachKind(String name, String kind, int number) throws Exception {
    Path file = file(name);
    Path english = Files.writeString(folder.resolve("en.txt"), ENGLISH);

    Run quotes = run("quotes", file);
    assertThat(quotes.exit).as(quotes.err).isZero();
    placed(json(quotes.out).at("/quotes/0"), "place", kind, number);
    assertThat(json(quotes.out).at("/quotes/0/speaker_name").asText()).contains("Roy");

    Run aligned = run("align", "--fast", file, english);
    assertThat(aligned.exit).as(aligned.err).isZero();
    JsonNode beads = json(aligned.out).get("beads");
    placed(beads.get(beads.size() - 1), "sourcePlace", kind, number);

    Run translation = run("translate", file, "--to", "json", "--beam", "1");
    assertThat(translation.exit).as(translation.err).isZero();
    JsonNode last = json(translation.out).get("blocks");
    placed(last.get(last.size() - 1), "place", kind, number);
    Run trace = run("trace", file, "--english", QUOTE, "--to", "json");
    assertThat(trace.exit).as(trace.err).isZero();
    placed(json(trace.out).at("/source/0"), "place", kind, number);
    Run check = run("check", file, "--against", english, "--to", "json");
    assertThat(check.exit).as(check.err).isZero();
    placed(json(check.out).at("/checks/0/passage/0"), "place", kind, number);
    Path same = folder.resolve("same-" + name);
    assertThat(run("translate", file, "--to", "same", "-o", same).exit).isZero();
    assertThat(same).isNotEmptyFile();

    Path corpus = folder.resolve("corpus-" + name + ".jsonl");
    Run built = run("corpus", "build", file, english, "-o", corpus);
    assertThat(built.exit).as(built.err).isZero();
    JsonNode pair = json(Files.readAllLines(corpus).get(0));
    assertThat(pair.at("/source/text").asText()).isEqualTo(FIRST);
    assertThat(pair.at("/source/document").asText()).endsWith(name);

    JsonNode found = answer(upload("/v1/quotes", List.of("file", name)));
    placed(found.at("/quotes/0"), "place", kind, number);
    JsonNode translated = answer(upload("/v1/translate", List.of("file", name), "beam=1"));
    JsonNode blocks = translated.get("blocks");
    placed(blocks.get(blocks.size() - 1), "place", kind, number);
    assertThat(translated.get("targetText").asText()).contains("Geneva");
    JsonNode traced = answer(upload("/v1/trace", List.of("file", name), "english=" + QUOTE));
    placed(traced.at("/0/source/0"), "place", kind, number);
    JsonNode checked = answer(upload("/v1/check", List.of("file", name), "quotes=" + QUOTE));
    placed(checked.at("/checks/0/passage/0"), "place", kind, number);
    JsonNode both =
        answer(upload("/v1/align", List.of("source", name, "target", "en.txt"), "fast=true"));
    beads = both.get("beads");
    placed(beads.get(beads.size() - 1), "sourcePlace", kind, number);
  }

  private static JsonNode answer(HttpResponse<String> response) throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json(response.body());
  }

  private static void placed(JsonNode item, String field, String kind, int number) {
    assertThat(item.isObject()).as(item.toString()).isTrue();
    if (number == 0) {
      assertThat(item.has(field)).isFalse();
    } else {
      assertThat(item.at("/" + field + "/kind").asText()).as(item.toString()).isEqualTo(kind);
      assertThat(item.at("/" + field + "/number").asInt()).isEqualTo(number);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.po", "a.json", "a.properties", "a.yaml", "a.xml"})
  void messagesAreNoProse(String name) throws Exception {
    Path file = file(name);
    Path english = Files.writeString(folder.resolve("en.txt"), ENGLISH);
    for (Run refused :
        List.of(
            run("quotes", file),
            run("align", "--fast", file, english),
            run("trace", file, "--english", QUOTE),
            run("check", file, "--quote", QUOTE),
            run("check", english, "--against", file),
            run("align", "--fast", english, file),
            run("translate", file, "--to", "html"),
            run("translate", file, "--to", "tmx"))) {
      assertThat(refused.exit).isEqualTo(2);
      assertThat(refused.out).isEmpty();
      assertThat(refused.err).contains(name, "messages");
    }
    for (String path : List.of("quotes", "translate", "trace", "check")) {
      HttpResponse<String> refused =
          upload("/v1/" + path, List.of("file", name), "english=" + QUOTE, "quotes=" + QUOTE);
      assertThat(refused.statusCode()).as(path + " " + refused.body()).isBetween(400, 422);
    }
    for (List<String> files :
        List.of(
            List.of("source", name, "target", "en.txt"),
            List.of("source", "a.txt", "target", name))) {
      HttpResponse<String> refused = upload("/v1/align", files, "fast=true");
      assertThat(refused.statusCode()).as(files + " " + refused.body()).isBetween(400, 422);
    }
    HttpResponse<String> job = upload("/v1/jobs", List.of("file", name), "to=json");
    String id = json(job.body()).path("id").asText();
    assertThat(id.isEmpty() ? "refused" : service.ended(id).get("state").asText())
        .as(job.body())
        .isIn("refused", "failed");
    Path corpus = folder.resolve("corpus-" + name + ".jsonl");
    run("corpus", "build", file, english, "-o", corpus);
    assertThat(Files.exists(corpus) ? Files.readString(corpus) : "").isEmpty();
    // In its own format it is what it was, in English.
    Path same = folder.resolve("same-" + name);
    Run translated = run("translate", file, "-o", same);
    assertThat(translated.exit).as(translated.err).isZero();
    assertThat(Files.readString(same)).containsIgnoringCase("cat");
  }

  /** What was corrected in an XLIFF file goes back into the document's own format. */
  @Test
  void aCorrectedTranslationGoesBackIntoTheDocument() throws Exception {
    Path file = file("a.docx");
    Path bilingual = folder.resolve("a.en.xlf");
    assertThat(run("translate", file, "--to", "xliff", "-o", bilingual).exit).isZero();
    String corrected =
        Files.readString(bilingual)
            .replaceFirst(
                "<target>[^<]*</target>", "<target>Rain fell on Lyon all night.</target>");
    Files.writeString(bilingual, corrected);
    Path result = folder.resolve("corrected.docx");
    Run translated = run("translate", file, "--memory", bilingual, "-o", result);
    assertThat(translated.exit).as(translated.err).isZero();
    assertThat(translated.err).contains("verso: 2 sentences, ");
    Run text = run("align", "--fast", file, result, "--to", "tsv");
    assertThat(text.out).contains("Rain fell on Lyon all night.", "Geneva");
  }

  @Test
  void aDocumentTakesEachFormat() throws Exception {
    Path file = file("a.docx");
    Run json = run("translate", file, "--to", "json", "--beam", "1");
    assertThat(json.exit).as(json.err).isZero();
    placed(json(json.out).at("/blocks/1"), "place", "paragraph", 2);
    Path xliff = folder.resolve("edit.xlf");
    assertThat(run("translate", file, "--to", "xliff", "-o", xliff).exit).isZero();
    assertThat(Files.readString(xliff))
        .contains("<mda:meta type=\"quality\">", "<mda:meta type=\"place\">paragraph 2</mda:meta>");
    // What was translated there stays: a translators' tool, or Verso, reads it.
    assertThat(run("quotes", xliff).err).contains("edit.xlf", "not translated yet");
    assertThat(run("translate", file, "--to", "tmx").out).contains("x-quality", "Geneva");
    assertThat(run("translate", file, "--to", "html").out).contains("<html", "Geneva");
    Path page = folder.resolve("checks.html");
    Run checked =
        run(
            "check",
            file,
            "--quote",
            QUOTE,
            "--quote",
            "Lyon was on fire",
            "--to",
            "html",
            "-o",
            page);
    assertThat(checked.err).contains("2 quotes: ");
    assertThat(Files.readString(page)).contains("paragraph 2", "Nous irons à Genève", "<style>");
    Run traced = run("trace", file, "--english", QUOTE, "--to", "html", "-o", page);
    assertThat(traced.err).contains("1 excerpt: ");
    assertThat(Files.readString(page)).contains("paragraph 2", "Nous irons à Genève");
  }
}
