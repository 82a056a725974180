package dev.verso.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as users meet it, with the model that ships. */
class CommandLineTest {

  private static final String ARTICLE = "evaluation/articles/otan-moscou.txt";

  @TempDir private Path folder;

  private record Run(int exit, String out, String err) {}

  private static Run run(String... args) {
    return run(InputStream.nullInputStream(), args);
  }

  private static Run run(InputStream in, String... args) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    InputStream standardInput = System.in;
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
      System.setIn(in);
      int exit = Main.run(args);
      return new Run(
          exit,
          outBytes.toString(StandardCharsets.UTF_8),
          errBytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
      System.setIn(standardInput);
    }
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void theArticleBecomesEnglishParagraphs() {
    Run run = run("translate", "--beam", "1", ARTICLE);
    assertThat(run.exit).isZero();
    assertThat(run.err).startsWith("verso: 24 sentences, ").contains("--to json says why");
    String[] paragraphs = run.out.strip().split("\n\n");
    assertThat(paragraphs).hasSize(15);
    assertThat(run.out).contains("NATO").doesNotContain("GIPHY").doesNotContain("L’OTAN");
    assertThat(run.out).endsWith("\n").doesNotContain("\n\n\n");
  }

  @Test
  void aMemoryAndAGlossaryAreUsed() throws IOException {
    Path memory =
        file(
            "memory.tmx",
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <tmx version="1.4"><header segtype="sentence" srclang="fr"/><body>
            <tu><tuv xml:lang="FR"><seg>L'<bpt i="1">&lt;b&gt;</bpt>été<ept i="1">&lt;/b&gt;</ept> \
            arrive.</seg></tuv><tuv xml:lang="en-US"><seg>Summer's here.</seg></tuv></tu>
            </body></tmx>
            """);
    Path glossary = file("termes.tsv", "accord\tpact\n");
    Path article = file("a.txt", "L’été arrive. Un accord a été trouvé hier par le ministre.");
    Run run =
        run(
            "translate",
            "--force",
            "--memory",
            memory.toString(),
            "--glossary",
            glossary.toString(),
            article.toString());
    assertThat(run.err).startsWith("verso: 2 sentences, ");
    assertThat(run.out).startsWith("Summer's here. ").contains("pact");
    Run none = run("translate", "--memory", glossary.toString(), article.toString());
    assertThat(none.exit).isEqualTo(2);
    assertThat(none.err).contains("termes.tsv is neither TMX nor XLIFF");
  }

  @Test
  void jsonLeadsBackToTheArticle() throws IOException {
    Run run = run("translate", "--beam", "1", "--to", "json", ARTICLE);
    assertThat(run.exit).isZero();
    String article = Files.readString(Path.of(ARTICLE));
    JsonNode json = new ObjectMapper().readTree(run.out);
    assertThat(json.at("/version").asInt()).isEqualTo(1);
    assertThat(json.at("/source/length").asInt()).isEqualTo(article.length());
    assertThat(json.at("/model/beam").asInt()).isEqualTo(1);
    String target = json.get("targetText").asText();
    int segments = 0;
    for (JsonNode block : json.get("blocks")) {
      for (JsonNode segment : block.get("segments")) {
        segments++;
        assertThat(segment.get("sourceText").asText()).isEqualTo(cut(article, segment, "source"));
        assertThat(segment.get("targetText").asText()).isEqualTo(cut(target, segment, "target"));
        assertThat(segment.get("quality").asDouble()).isBetween(0.0, 1.0);
        assertThat(segment.get("score").asDouble()).isLessThanOrEqualTo(0);
        for (JsonNode link : segment.get("links")) {
          assertThat(article.substring(link.get(0).asInt(), link.get(1).asInt())).isNotBlank();
          assertThat(target.substring(link.get(2).asInt(), link.get(3).asInt())).isNotBlank();
          assertThat(link.get(4).asText()).isIn("S", "P");
        }
      }
    }
    assertThat(segments).isGreaterThan(20);
  }

  private static String cut(String text, JsonNode segment, String side) {
    return text.substring(segment.get(side).get(0).asInt(), segment.get(side).get(1).asInt());
  }

  @Test
  void standardInputAndOtherFormats() {
    InputStream french =
        new ByteArrayInputStream(
            "La réunion a eu lieu lundi à Paris.".getBytes(StandardCharsets.UTF_8));
    Run html = run(french, "translate", "--beam", "1", "--to", "html", "-");
    assertThat(html.exit).isZero();
    assertThat(html.out).startsWith("<!").contains("réunion", "eu", "lundi");
    Run tsv = run("translate", "--to", "tsv", ARTICLE, "--beam", "1");
    assertThat(tsv.out.lines().count()).isGreaterThan(20);
  }

  @Test
  void oneLineForEachLine() throws IOException {
    Path input = file("lines.txt", "Bonjour.\n\n😀\r\nIl pleut.\u2028Oui.\n \nAu revoir.");
    Run run = run("translate", "--lines", "--force", input.toString());
    assertThat(run.exit).isZero();
    String[] lines = run.out.split("\n", -1);
    assertThat(lines).hasSize(7);
    assertThat(lines[1]).isEmpty();
    assertThat(lines[2]).isEqualTo("😀");
    assertThat(lines[4]).isBlank();
    assertThat(lines[6]).isEmpty();
  }

  @Test
  void whatCannotBeReadIsNamedWithExitCodeTwo() throws IOException {
    Path binary = folder.resolve("photo.jpg");
    Files.write(binary, new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 0, 0, 1, 2, 3, 0, 0});
    List<Run> runs = new ArrayList<>();
    runs.add(run("translate", "no-such-file.txt"));
    runs.add(run("translate", binary.toString()));
    runs.add(run("translate", ARTICLE, "--target", "de"));
    runs.add(run("translate", ARTICLE, "--beam", "0"));
    runs.add(run("translate", ARTICLE, "--to", "docx"));
    runs.add(run("translate", ARTICLE, ARTICLE));
    runs.add(run("translate", ARTICLE, "--threads", "0"));
    runs.add(run("translate", folder.resolve("nothing").toString()));
    runs.add(run("translate", "--nonsense"));
    runs.add(run("translate", "--lines", "--format", "html", ARTICLE));
    runs.add(run());
    List<String> named =
        List.of(
            "no-such-file.txt",
            "photo.jpg",
            "de",
            "--beam",
            "docx",
            "-o DIR",
            "--threads",
            "nothing",
            "--nonsense",
            "--lines",
            "verso translate");
    for (int i = 0; i < runs.size(); i++) {
      assertThat(runs.get(i).exit).as(named.get(i)).isEqualTo(2);
      assertThat(runs.get(i).err).contains(named.get(i)).doesNotContain("Exception");
      assertThat(runs.get(i).out).isEmpty();
    }
  }

  @Test
  void anotherLanguageIsRefusedUnlessForced() throws IOException {
    String german =
        "Der Außenminister sagte am Montag in Berlin, dass die Verhandlungen mit den"
            + " Nachbarländern in dieser Woche fortgesetzt werden sollen.";
    Path input = file("brief.txt", german);
    Run refused = run("translate", input.toString());
    assertThat(refused.exit).isEqualTo(2);
    assertThat(refused.err).contains("brief.txt", "German", "--force");
    assertThat(run("translate", "--beam", "1", "--force", input.toString()).exit).isZero();
  }

  @Test
  void aFolderIsTranslatedFileByFileAndFailuresKeepTheRest() throws IOException {
    Path in = Files.createDirectories(folder.resolve("in/deep"));
    Files.writeString(in.resolve("a.txt"), "Le chat dort sur la table de la cuisine.");
    Files.writeString(in.resolve("b.html"), "<p>Le chien dort dans la cour.</p>");
    Files.write(in.resolve("c.txt"), new byte[400]);
    Path out = folder.resolve("out");
    Run run =
        run("translate", "--beam", "1", folder.resolve("in").toString(), "-o", out.toString());
    assertThat(run.exit).isEqualTo(1);
    assertThat(run.err).contains("c.txt", "1 of 3 inputs failed");
    assertThat(out.resolve("deep/a.txt.en.txt")).isNotEmptyFile();
    assertThat(out.resolve("deep/b.html.en.txt")).isNotEmptyFile();
    assertThat(out.resolve("deep/c.txt.en.txt")).doesNotExist();
  }

  @Test
  void aMissingModelIsAFailureThatSaysSo() {
    Run run = run("translate", ARTICLE, "--model", folder.toString());
    assertThat(run.exit).isEqualTo(1);
    assertThat(run.err).contains(folder.toString(), "manifest.json");
  }

  @Test
  void theVersionIsPrinted() {
    assertThat(run("--version").out)
        .matches("verso \\d+\\.\\d+\\.\\d+\\S* \\(commit \\w+\\)\\Rmodel verso-.*\\RJava 1.*\\R");
    assertThat(run("--help").out).contains("translate", "evaluate");
  }

  @Test
  void wordsAreEvaluated() {
    Run run = run("evaluate", "words", "evaluation/words/alibi-dev.jsonl");
    assertThat(run.exit).isZero();
    assertThat(run.out).contains("AER", "158");
    assertThat(run("evaluate", "mt", "nothing.fr", "nothing.en").exit).isEqualTo(2);
  }

  @Test
  void twoTextsAreAligned() throws IOException {
    Path fr = file("t.fr", "Le chat dort sur la table.\nLe chien court dans la rue.\n");
    Path en = file("t.en", "The cat sleeps on the table.\nThe dog runs in the street.\n");
    String[] files = {"align", "--lines", fr.toString(), en.toString()};
    assertThat(run(with(files, "--fast", "--to", "beads")).out).isEqualTo("[0]:[0]\n[1]:[1]\n");
    assertThat(run(with(files, "--to", "beads")).out).isEqualTo("[0]:[0]\n[1]:[1]\n");
    for (String format : List.of("json", "tsv", "tmx", "xliff", "html")) {
      Run run = run(with(files, "--fast", "--words", "--to", format));
      assertThat(run.exit).as(run.err).isZero();
      assertThat(run.out).contains("chien");
    }
    Run words = run(with(files, "--fast", "--words", "--to", "pharaoh"));
    assertThat(words.out.lines().toList()).hasSize(2);
    assertThat(words.out).contains("1-1");
    assertThat(run(with(files, "--to", "jsonl")).exit).isEqualTo(2);
    assertThat(run(with(files, "--to", "pdf")).err).contains("pdf", "tmx");
  }

  /** The aligner trained on 997 sentences of real text finds most links of other text. */
  @Test
  void aWordAlignerIsTrainedAndUsed() throws IOException {
    List<String> french = Files.readAllLines(Path.of("evaluation/mt/flores-dev.fr"));
    List<String> english = Files.readAllLines(Path.of("evaluation/mt/flores-dev.en"));
    StringBuilder tsv = new StringBuilder();
    for (int k = 0; k < french.size(); k++) {
      tsv.append("flores\t").append(french.get(k)).append('\t').append(english.get(k)).append('\n');
    }
    Path corpus = file("corpus.tsv", tsv.toString());
    Path trained = folder.resolve("trained");
    Run training = run("align", "--train", corpus.toString(), "-o", trained.toString());
    assertThat(training.exit).as(training.err).isZero();
    assertThat(training.err).contains("word pairs", "--lexicon");
    String gold = "evaluation/words/alibi-dev.jsonl";
    Run score =
        run(
            "evaluate",
            "words",
            gold,
            "--method",
            "statistical",
            "--json",
            "--lexicon",
            trained.toString());
    assertThat(score.exit).as(score.err).isZero();
    assertThat(new ObjectMapper().readTree(score.out).findValue("aer").asDouble())
        .isBetween(0.1, 0.45);

    Path fr = file("w.fr", "Le gouvernement a annoncé une décision.\n");
    Path en = file("w.en", "The government announced a decision.\n");
    String[] words = {
      "align", "--fast", "--words", "--lines", "--to", "pharaoh", fr.toString(), en.toString()
    };
    Run used = run(with(words, "--lexicon", trained.toString()));
    assertThat(used.exit).as(used.err).isZero();
    assertThat(used.out.strip().split(" ")).contains("1-1");
    assertThat(run(with(words, "--lexicon", folder.toString())).err).contains("words.alignment");
    assertThat(run("align", "--train", "missing.tsv", "-o", "x").err).contains("missing.tsv");
    assertThat(run("align", "--train", file("bad.tsv", "un\n").toString(), "-o", "x").err)
        .contains("bad.tsv", "line 1");
  }

  @Test
  void translationsOfTheSourceAreWeighed() throws IOException {
    String fr = "evaluation/sentences/Emma.fr";
    String[] args = {
      "align", "--fast", "--lines", fr, "evaluation/sentences/Emma.en", "--to", "json"
    };
    Run weighed = run(with(args, "--translations", fr));
    assertThat(weighed.exit).as(weighed.err).isZero();
    assertThat(weighed.out).isNotEqualTo(run(args).out);
    Run uneven = run(with(args, "--translations", file("t.mt", "A.\nB.\n").toString()));
    assertThat(uneven.exit).isEqualTo(2);
    assertThat(uneven.err).contains("t.mt", "2 translations of 160 sentences");
  }

  @Test
  void alignmentIsTimedBySize() throws IOException {
    Run scaling =
        run(
            "evaluate",
            "beads",
            "--scaling",
            "--sizes",
            "50,200",
            "evaluation/mt/flores-dev.fr",
            "evaluation/mt/flores-dev.en");
    assertThat(scaling.exit).as(scaling.err).isZero();
    assertThat(scaling.out.lines().toList()).hasSize(2);
    assertThat(scaling.out).contains("MiB peak heap", "time x");
    Run tooFew =
        run(
            "evaluate",
            "beads",
            "--scaling",
            "evaluation/mt/flores-dev.fr",
            "evaluation/mt/flores-dev.en");
    assertThat(tooFew.exit).isEqualTo(2);
    assertThat(tooFew.err).contains("997 given");
  }

  private static String[] with(String[] args, String... more) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of(more));
    return all.toArray(new String[0]);
  }
}
