package dev.verso.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is true of every input: nothing lost, nothing altered, nothing out of order. */
class ReadingPropertiesTest {

  private static final ReadOptions TEXT = ReadOptions.defaults().withFormat(InputFormat.TEXT);
  private static final ReadOptions HTML = ReadOptions.defaults().withFormat(InputFormat.HTML);

  /** Words, marks and everything that has broken a reader somewhere. */
  @Provide
  Arbitrary<String> hostileText() {
    Arbitrary<String> token =
        Arbitraries.of(
            "mot",
            "Le",
            "le",
            "M.",
            "etc.",
            "J.-C.",
            "l’œuvre",
            "1er",
            "3,5",
            "12.",
            "a)",
            "-",
            "–",
            "—",
            "•",
            ">",
            "«",
            "»",
            "« ",
            " »",
            "“",
            "”",
            "\"",
            "'",
            "’",
            "(",
            ")",
            "[…]",
            ".",
            "!",
            "?",
            "…",
            ". . «",
            "...",
            ",",
            ":",
            ";",
            "e\u0301",
            "\ud83d\ude00",
            "\ud83d",
            "\ude00",
            "\0",
            "\u200b",
            "\u200d",
            "\ufeff",
            "\u00ad",
            "\u0085",
            "\u2028",
            "\u00a0",
            "\u202f",
            " ",
            "  ",
            "\t",
            "\n",
            "\r\n",
            "\r",
            "\n\n",
            "\u000b",
            "\f",
            "\u001c",
            "https://a.fr/b?c=d",
            "a@b.fr",
            "。",
            "Laisser un commentaire",
            "Lire aussi : le vent",
            "Une phrase entière, assez longue pour être du corps.");
    return token.list().ofMaxSize(60).map(tokens -> String.join("", tokens));
  }

  @Property
  void plainTextIsCoveredAndUnaltered(@ForAll("hostileText") String text) {
    Document document = Documents.read("a", text, TEXT);
    assertThat(document.text()).isEqualTo(text);
    DocumentChecks.assertPlain(document);
  }

  @Property
  void anyStringIsCoveredAndUnaltered(@ForAll String text) {
    DocumentChecks.assertPlain(Documents.read("a", text, TEXT));
  }

  @Property
  void linesModeKeepsOneSegmentALine(@ForAll("hostileText") String text) {
    Document document = Documents.read("a", text, ReadOptions.defaults().withLines(true));
    DocumentChecks.assertPlain(document);
    List<TextSpan> lines = TextLines.of(text);
    long visible =
        lines.stream()
            .filter(line -> !Space.trim(text, line.start(), line.end()).isEmpty())
            .count();
    assertThat(document.blocks()).hasSize((int) visible);
    for (Block block : document.blocks()) {
      assertThat(block.segments()).hasSize(1);
      assertThat(lines).anyMatch(line -> line.contains(block.span()));
    }
  }

  @Property
  void sentencesHoldAWordWhereTheTextDoes(@ForAll("hostileText") String text) {
    for (Language language : Language.values()) {
      List<TextSpan> sentences = SentenceSegmenter.of(language).segment(text);
      if (sentences.size() > 1) {
        assertThat(sentences)
            .allMatch(
                span ->
                    span.of(text)
                        .codePoints()
                        .anyMatch(c -> Character.isLetterOrDigit(c) || c >= 0xd800));
      }
    }
  }

  /** A segmenter that reads one sentence at a time finds the same in it. */
  @Property
  void aSentenceAloneIsOneSentence(@ForAll("plainSentences") List<String> sentences) {
    String text = String.join(" ", sentences);
    assertThat(SentenceSegmenter.of(Language.FRENCH).segment(text).stream().map(s -> s.of(text)))
        .containsExactlyElementsOf(sentences);
  }

  /** An article without text of a page around it keeps all its paragraphs. */
  @Property
  void plainProseIsNeverBoilerplate(@ForAll("plainSentences") List<String> sentences) {
    String text = String.join("\n\n", sentences);
    assertThat(Documents.read("a", text, TEXT).blocks())
        .extracting(Block::kind)
        .doesNotContain(BlockKind.BOILERPLATE);
    String page =
        "<html><body><h1>Le titre</h1><div><p>"
            + String.join("</p><p>", sentences)
            + "</p></div></body>";
    assertThat(Documents.read("a", page, HTML).blocks())
        .extracting(Block::kind)
        .containsOnly(BlockKind.TITLE, BlockKind.PARAGRAPH);
  }

  @Provide
  Arbitrary<List<String>> plainSentences() {
    return Arbitraries.of(
            "Le vent forcit.",
            "Elle a répondu « non » au juge.",
            "« C’est faux ! » a dit M. Roy.",
            "La ministre des Affaires étrangères a rencontré son homologue à Luxembourg mardi.",
            "Les cookies sont des biscuits que l’on mange à Noël, et la newsletter en parle.",
            "Il partage sur Facebook des photos de son chat, que chacun commente.",
            "Le commentaire du président n’a surpris personne dans l’assistance.",
            "Publié en 1984, ce roman reste lu ; tous droits réservés à ses héritiers, dit-on.",
            "La publicité de l’audience a été refusée par la cour, qui jugera à huis clos.",
            "Où aller ?",
            "Ils ont gagné 3,5 % en 2014…",
            "Le 1er mars, à 20 h 30, J.-P. Colin a quitté l’O.N.U. sans un mot.")
        .list()
        .ofMinSize(1)
        .ofMaxSize(12);
  }

  @Property
  void markupIsCoveredAndLeadsBack(@ForAll("hostileMarkup") String html) {
    DocumentChecks.assertMarkup(Documents.read("a", html, HTML));
  }

  @Provide
  Arbitrary<String> hostileMarkup() {
    Arbitrary<String> token =
        Arbitraries.of(
            "mot",
            "Le",
            ".",
            " ",
            "  ",
            "\n",
            "\r\n",
            "«",
            "»",
            "é",
            "e\u0301",
            "\ud83d\ude00",
            "\u00a0",
            "&nbsp;",
            "&eacute;",
            "&eacute",
            "&amp;",
            "&amp;lt;",
            "&#233;",
            "&#xe9;",
            "&#x1F600;",
            "&#128;",
            "&#0;",
            "&",
            "&x;",
            "&#;",
            "<",
            "< ",
            "<3",
            ">",
            "\0",
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<i class=x>",
            "</i>",
            "<br>",
            "<br/>",
            "<div>",
            "</div>",
            "<span title='a>b'>",
            "</span>",
            "<ul><li>",
            "</li>",
            "</ul>",
            "<h2>",
            "</h2>",
            "<table>",
            "<tr>",
            "<td>",
            "</td>",
            "</table>",
            "<blockquote>",
            "</blockquote>",
            "<!-- c -->",
            "<!-->",
            "<!x>",
            "<?x?>",
            "</x>",
            "<x-y>",
            "<pre>",
            "</pre>",
            "<script>a<b</script>",
            "<style>p{}</style>",
            "<a href=#>",
            "</a>",
            "<form>",
            "</form>",
            "<nav>",
            "</nav>",
            "<article>",
            "</article>",
            "<body>",
            "<p",
            "<em>Une phrase entière, assez longue pour être du corps.</em>");
    return token.list().ofMaxSize(40).map(tokens -> String.join("", tokens));
  }

  @Property(tries = 200)
  void everyEncodingGivesTheSameText(@ForAll("plainSentences") List<String> sentences) {
    String text = String.join("\r\n", sentences) + "\n";
    for (Charset charset :
        List.of(StandardCharsets.UTF_8, Charset.forName("windows-1252"), StandardCharsets.UTF_16)) {
      Document document = Documents.read("a", text.getBytes(charset), TEXT);
      assertThat(document.text()).isEqualTo(text);
      DocumentChecks.assertPlain(document);
    }
  }
}
