package dev.verso.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.bitext.BitextFormat;
import dev.verso.engine.Engine;
import dev.verso.file.TranslatedFile;
import dev.verso.text.Cancellation;
import dev.verso.text.Documents;
import dev.verso.text.InputException;
import dev.verso.text.ReadOptions;
import dev.verso.translation.Progress;
import dev.verso.translation.TranslationOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users of such software report about formats, each with the right outcome. */
class FormatsTest {

  private static Engine engine;

  @BeforeAll
  static void open() {
    engine = Engine.open(Path.of("models/fr-en"), 1);
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private static TranslatedFile file(String name, byte[] content) {
    return new TranslateFile(engine)
        .translate(
            new TranslateFile.Request(name, content, TranslationOptions.DEFAULT.withBeam(1), true),
            Progress.SILENT,
            Cancellation.NONE);
  }

  private static String translated(String name, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return new String(file(name, bytes).content(), StandardCharsets.UTF_8);
  }

  private static String article(String html) {
    return new TranslateArticle(engine)
        .translate(
            new TranslateArticle.Request(
                Documents.read("page.html", html, ReadOptions.defaults()),
                TranslationOptions.DEFAULT.withBeam(1),
                true,
                BitextFormat.TEXT),
            Progress.SILENT,
            Cancellation.NONE)
        .printed();
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = FormatsTest.class.getResourceAsStream("/formats/" + name)) {
      return in.readAllBytes();
    }
  }

  @Test
  void breaksOfAPagePartItsLines() {
    String after =
        translated(
            "a.html",
            "<html><body><p>Première ligne ici.<br>Deuxième ligne là.</p><p>Le président a signé<br>"
                + "le traité avec la Pologne.</p></body></html>");
    assertThat(after)
        .containsPattern("<p>\\w[^<]*\\.<br>\\w[^<]*\\.</p>")
        .containsPattern("<p>[^<]*\\w<br>\\w[^<]*</p>")
        .contains("Poland");
  }

  @Test
  void breaksAndTabsOfAWordProcessorPartWords() throws IOException {
    byte[] after = file("a.docx", resource("breaks.docx")).content();
    String document = "";
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(after))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals("word/document.xml")) {
          document = new String(zip.readAllBytes(), StandardCharsets.UTF_8);
        }
      }
    }
    assertThat(document.split("<w:br/>", -1)).hasSize(5);
    assertThat(document.split("<w:tab/>", -1)).hasSize(5);
    assertThat(document).contains(">Durand<", ">59000 Lille<");
  }

  @Test
  void codeAndWhatIsExemptStays() {
    String page =
        "<html><body><p>Suivez <span translate=\"no\">Le Monde</span> et <span class=\"a"
            + " notranslate\">Le <b>Point</b></span> chaque matin.</p><p class=\"notranslate\">Peut-on"
            + " ignorer ce passage ?</p><p>Tapez <code>git commit</code> dans le terminal.</p><pre>le"
            + " prix  # calcule\n   fin</pre></body></html>";
    assertThat(translated("a.html", page))
        .contains(
            "<span translate=\"no\">Le Monde</span>",
            "<span class=\"a notranslate\">Le <b>Point</b></span>",
            "<p class=\"notranslate\">Peut-on ignorer ce passage ?</p>",
            "<code>git commit</code> ",
            "<pre>le prix  # calcule\n   fin</pre>",
            "morning");
    assertThat(article(page))
        .contains("Le Monde", "Le Point", "Peut-on ignorer ce passage ?", "git commit", "morning");
    String piece =
        new TranslateTexts(engine)
            .translate(
                List.of("<p>Lisez <span class=\"notranslate\">Le Point</span> demain.</p>"),
                TranslateTexts.Manner.of(TranslateTexts.Kind.HTML),
                TranslationOptions.DEFAULT.withBeam(1),
                Cancellation.NONE)
            .get(0);
    assertThat(piece).contains("<span class=\"notranslate\">Le Point</span>", "tomorrow");
  }

  @Test
  void captionsKeepWordTimesAndReferences() {
    String after =
        translated(
            "a.vtt",
            "WEBVTT\nLanguage: fr\n\n00:01.000 --> 00:04.000\n \nbonsoir<00:01.500><c> à</c>"
                + "<00:02.000><c> tous</c>\n\n00:04.000 --> 00:05.000\nbonsoir à tous\n \n\n00:05.000"
                + " --> 00:07.000\n<v Anne>Le budget</v> &amp; les travaux &lt; tout.\n");
    assertThat(after)
        .contains("Language: en", " &amp; ", "<v Anne>", "</v>", "<00:01.500>", "<00:02.000>")
        .doesNotContain("bonsoir", "&amp.");
    assertThat(after.indexOf("<00:01.500>")).isLessThan(after.indexOf("<00:02.000>"));
  }

  @Test
  void columnsAreReadOneAfterTheOtherWithoutHeadsAndDividedWords() throws IOException {
    String page =
        new String(file("a.pdf", resource("columns.pdf")).content(), StandardCharsets.UTF_8)
            .replaceAll("<[^>]+>", "")
            .replaceAll("\\s+", " ");
    assertThat(page)
        .contains(
            "fermeture de la piscine", "vice-président", "La mairie a promis de verser une aide")
        .doesNotContain("Page 1 sur 2", "Page 2 sur 2");
    assertThat(page.indexOf("refusé de répondre"))
        .isBetween(page.indexOf("piscine"), page.indexOf("doivent commencer en septembre"));
  }

  @Test
  void messagesOfGettextKeepTheirIdsAndPlaceholders() {
    String before =
        """
        msgid ""
        msgstr ""
        "Language: fr\\n"
        "Content-Type: text/plain; charset=UTF-8\\n"
        "Plural-Forms: nplurals=2; plural=(n > 1);\\n"

        #, c-format
        msgid "Bonjour %s, vous avez %1$d messages de %(name)s.\\n"
        msgstr ""

        #, fuzzy
        msgid "Annuler"
        msgstr "Cancel it"

        msgid "%d fichier"
        msgid_plural "%d fichiers"
        msgstr[0] ""
        msgstr[1] ""
        """;
    String after = translated("fr.po", before);
    assertThat(after)
        .contains(
            "msgid \"Bonjour %s, vous avez %1$d messages de %(name)s.\\n\"",
            "msgstr[0] \"%d file\"",
            "msgstr[1] \"%d files\"",
            "#, fuzzy\nmsgid \"Annuler\"\nmsgstr \"Cancel it\"",
            "\"Language: en\\n\"",
            "plural=(n != 1);")
        .containsPattern("msgstr \"[^\"]*you[^\"]*\\\\n\"");
    String message =
        after.lines().filter(line -> line.matches("msgstr \".*you.*")).findFirst().orElseThrow();
    assertThat(message).contains("%s", "%1$d", "%(name)s");
  }

  @Test
  void messagesInJsonKeepKeysPlaceholdersAndForms() {
    String after =
        translated(
            "fr.json",
            """
            { "titre": "Bienvenue dans notre boutique", "n": 3, "ok": true,
              "a": ["Bonjour {{name}}, il est {count} heures.", "Cliquez <b>ici</b> maintenant"],
              "url": "https://exemple.fr/a/b", "key": "btn_primary.label",
              "icu": "{n, plural, one {# fichier supprimé} other {# fichiers supprimés}} hier" }
            """);
    assertThat(after)
        .contains(
            "\"titre\": \"Welcome",
            "\"n\": 3, \"ok\": true",
            "{{name}}",
            "{count}",
            "\"url\": \"https://exemple.fr/a/b\"",
            "\"key\": \"btn_primary.label\"",
            "{n, plural, one {#",
            "} other {#")
        .containsPattern("Click <b>\\w+</b> now")
        .doesNotContain("fichier ", "notre");
  }

  @Test
  void otherMessagesKeepTheirShape() {
    assertThat(translated("fr.properties", "# a\na.b = Bonjour {0}, il pleut.\n"))
        .startsWith("# a\na.b = ")
        .contains("{0}")
        .doesNotContain("pleut");
    assertThat(translated("fr.yml", "fr:\n  a: Bonjour %{name}, il pleut.\n"))
        .startsWith("fr:\n  a: ")
        .contains("%{name}")
        .doesNotContain("pleut");
    assertThat(
            translated(
                "strings.xml",
                "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<resources>\n  <string name=\"a\">Bonjour"
                    + " %1$s.</string>\n  <string name=\"b\" translatable=\"false\">Le nom</string>\n"
                    + "</resources>\n"))
        .contains("%1$s", ">Le nom<");
    assertThatThrownBy(() -> translated("a.strings", "\"a\" = \"Bonjour\";\n"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("XLIFF");
  }

  @Test
  void markdownKeepsCheckBoxesAndHardBreaks() {
    assertThat(translated("a.md", "- [ ] Acheter du pain\n- [x] Appeler le maire\n\nUn  \ndeux\n"))
        .containsPattern("(?m)^- \\[ ] \\w")
        .containsPattern("(?m)^- \\[x] \\w")
        .contains("  \n");
  }

  @Test
  void segmentsOfXliffAreFilledOneByOne() {
    String after =
        translated(
            "a.xlf",
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
            <file original="a" source-language="fr" target-language="en" datatype="plaintext"><body>
            <trans-unit id="1"><source>Le chat dort. Il pleut.</source><seg-source><mrk mtype="seg" mid="0">Le chat dort.</mrk> <mrk mtype="seg" mid="1">Il pleut.</mrk></seg-source><target><mrk mtype="seg" mid="0">Kept.</mrk> <mrk mtype="seg" mid="1"></mrk></target></trans-unit>
            <trans-unit id="2"><source>Le train part.</source><target state="signed-off">Signed.</target></trans-unit>
            <trans-unit id="3"><source>La gare est ouverte.</source><target state="new">La gare est ouverte.</target></trans-unit>
            </body></file></xliff>
            """);
    assertThat(after)
        .contains(">Kept.</mrk>", "<target state=\"signed-off\">Signed.</target>")
        .containsPattern("mid=\"1\" mtype=\"seg\">It[^<]+</mrk></target>")
        .containsPattern("<target state=\"translated\"[^>]*>The station[^<]*</target>");
    String second =
        translated(
            "b.xlf",
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="fr" trgLang="en">
            <file id="f"><unit id="u"><segment id="s1" state="final"><source>Le chat dort.</source><target>Kept.</target></segment><segment id="s2"><source>Il pleut.</source></segment></unit></file></xliff>
            """);
    assertThat(second)
        .contains("Kept.")
        .containsPattern("(?s)id=\"s1\" state=\"final\".*id=\"s2\" state=\"translated\"");
  }

  @ParameterizedTest
  @CsvSource({
    "a.txt, 'Le chat dort.~~Il pleut.~'",
    "a.md, '# Le chat~~Il pleut.~'",
    "a.html, '<html><body>~<p>Le chat dort.</p>~</body></html>~'",
    "a.srt, '1~00:00:01,000 --> 00:00:03,000~Le chat dort.~~'",
    "a.json, '{~ \"a\": \"Le chat dort.\"~}~'",
    "a.yml, 'a: Le chat dort.~b: Il pleut.~'"
  })
  void lineEndsAreKept(String name, String content) {
    String after = translated(name, content.replace("~", "\r\n"));
    assertThat(after).contains("\r\n");
    assertThat(after.replace("\r\n", "")).doesNotContain("\n", "\r");
  }

  @Test
  void aBrokenByteCostsOneCharacterAndIsReported() {
    byte[] bytes =
        "1\n00:00:01,000 --> 00:00:03,000\nÉléonore Béranger a très chaud, même ~ le soir.\n"
            .getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == '~' ? (byte) 0xE9 : bytes[i];
    }
    TranslatedFile after = file("a.srt", bytes);
    assertThat(after.notices()).singleElement().asString().contains("1 character", "UTF-8");
    assertThat(new String(after.content(), StandardCharsets.UTF_8)).contains("Béranger");
  }

  @Test
  void anEncodingThatTheBytesContradictIsNotBelieved() {
    String page =
        "<html><head><meta charset=\"iso-8859-1\"></head><body><p>Elle a vu Éléonore Béranger hier.</p></body></html>";
    assertThat(translated("a.html", page)).contains("Béranger");
    byte[] old =
        "a = Elle a vu Éléonore Béranger hier.\n".getBytes(Charset.forName("windows-1252"));
    assertThat(new String(file("a.properties", old).content(), StandardCharsets.UTF_8))
        .contains("Béranger");
  }
}
