package dev.verso.quote.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.verso.model.TranslationModel;
import dev.verso.quote.check.Judgement.Label;
import dev.verso.text.Document;
import dev.verso.text.Documents;
import dev.verso.text.ReadOptions;
import dev.verso.text.TextSpan;
import dev.verso.translation.Translator;
import dev.verso.wordalign.CombinedAligner;
import dev.verso.wordalign.ForcedAttention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The check on cases of our own, with the model that ships. */
class CheckCasesTest {

  private static TranslationModel model;
  private static Translator translator;
  private static QuoteChecker checker;

  private record Case(CheckItem item, String label, String kind) {}

  @BeforeAll
  static void open() {
    model = TranslationModel.load(Path.of("models/fr-en"));
    translator = new Translator(model, 1);
    checker =
        new QuoteChecker(
            translator,
            CombinedAligner.shipped().withAttention(new ForcedAttention(model)),
            CheckWeights.shipped());
  }

  @AfterAll
  static void close() {
    translator.close();
    model.close();
  }

  private static List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("evaluation/check/cases.jsonl"))) {
      JsonNode node = new ObjectMapper().readTree(line);
      cases.add(
          new Case(
              new CheckItem(
                  node.get("fr").asText(),
                  node.get("context_fr").asText(),
                  node.get("en").asText(),
                  node.get("direct_quote").asBoolean()),
              node.get("label").asText(),
              node.path("error").asText(null)));
    }
    return cases;
  }

  @Test
  void errorsAreCaughtAndFreeFaithfulRenderingsPass() throws IOException {
    int faulty = 0;
    int caught = 0;
    int faithful = 0;
    int alarms = 0;
    Map<String, Integer> missed = new TreeMap<>();
    for (Case one : cases()) {
      Judgement judgement = checker.check(one.item);
      for (Finding finding : judgement.findings()) {
        assertThat(inside(finding.source(), one.item.french())).isTrue();
        assertThat(inside(finding.target(), one.item.english())).isTrue();
      }
      boolean flagged = judgement.label() != Label.FAITHFUL;
      assertThat(flagged).isEqualTo(judgement.probability() < 0.5);
      if (one.label.equals("faithful")) {
        faithful++;
        alarms += flagged ? 1 : 0;
      } else {
        faulty++;
        caught += flagged ? 1 : 0;
        if (!flagged && one.kind != null) {
          missed.merge(one.kind, 1, Integer::sum);
        }
      }
    }
    assertThat((double) caught / faulty).as("missed: " + missed).isGreaterThanOrEqualTo(0.75);
    assertThat((double) alarms / faithful).isLessThanOrEqualTo(0.1);
    for (String kind : List.of("number", "negation", "entity")) {
      assertThat(missed.getOrDefault(kind, 0)).as(kind).isLessThanOrEqualTo(1);
    }
  }

  private static boolean inside(TextSpan span, String text) {
    return span == null || (span.end() <= text.length() && !span.of(text).isBlank());
  }

  private static final String ARTICLE =
      """
      Le port refait ses comptes

      Le conseil du port a voté mardi un budget de 12 millions d'euros.

      « Nous n'avons jamais eu autant de navires », a déclaré le directeur, Henri Vasseur.

      Les dockers demandent de meilleurs salaires depuis deux ans.

      « La digue sera réparée avant l'hiver », a promis la maire, Claire Bonnet.
      """;

  private static ArticleChecker article() {
    return article(ARTICLE);
  }

  private static ArticleChecker article(String text) {
    Document document = Documents.read("port.txt", text, ReadOptions.defaults());
    return new ArticleChecker(document, checker);
  }

  /** What was changed in a quote may be right in the sentence before or after. */
  @Test
  void aNeighbourDoesNotLendWhatWasChanged() {
    String text =
        """
        L'odeur ne part plus depuis le 1er mars.

        « Nous avons prévenu dès février. Personne n'a répondu », a déclaré le maire.

        Paris a promis 300 emplois. Le préfet de Lyon n'en a compté que 120.
        """;
    String[][] changed = {
      {"We warned as early as March", "We warned as early as February"},
      {
        "We warned as early as March. Nobody answered",
        "We warned as early as February. Nobody answered"
      },
      {"The prefect of Lyon counted only 300", "The prefect of Lyon counted only 120"},
    };
    for (String[] pair : changed) {
      Judgement wrong = article(text).check(pair[0], null, true).judgement();
      assertThat(wrong.label()).as(pair[0]).isEqualTo(Label.UNFAITHFUL);
      assertThat(wrong.findings()).as(pair[0]).anyMatch(finding -> finding.source() != null);
      Judgement right = article(text).check(pair[1], null, true).judgement();
      assertThat(right.label()).as(pair[1]).isEqualTo(Label.FAITHFUL);
    }
    Judgement both =
        article(text)
            .check("Paris promised 300 jobs. The prefect of Lyon counted only 120", null, true)
            .judgement();
    assertThat(both.label()).isEqualTo(Label.FAITHFUL);
  }

  @Test
  void theRightPassageIsFoundInTheArticle() {
    CheckedQuote right = article().check("We have never had so many ships", "Henri Vasseur", true);
    assertThat(right.judgement().label()).isEqualTo(Label.FAITHFUL);
    assertThat(right.passage()).hasSize(1);
    assertThat(right.passage().get(0).of(ARTICLE)).contains("jamais eu autant de navires");

    CheckedQuote wrong =
        article().check("The council voted a budget of 21 million euros", null, false);
    assertThat(wrong.judgement().label()).isEqualTo(Label.UNFAITHFUL);
    Finding finding = wrong.judgement().findings().get(0);
    assertThat(finding.kind()).isEqualTo(ErrorKind.NUMBER);
    assertThat(finding.source().of(ARTICLE)).isEqualTo("12 millions");
    assertThat(finding.target().of(wrong.english())).isEqualTo("21 million");
  }

  @Test
  void anotherSpeakersWordsAreAWrongAttribution() {
    CheckedQuote checked =
        article().check("We have never had so many ships", "Claire Bonnet", true);
    assertThat(checked.judgement().label()).isEqualTo(Label.UNFAITHFUL);
    assertThat(checked.judgement().findings().get(0).kind()).isEqualTo(ErrorKind.WRONG_ATTRIBUTION);
  }

  @Test
  void statementsThatStandApartAreNotOneQuote() {
    CheckedQuote checked =
        article()
            .check(
                "We have never had so many ships, and the dyke will be repaired before winter",
                null,
                true);
    assertThat(checked.judgement().findings())
        .anyMatch(finding -> finding.kind() == ErrorKind.SPLICED);
  }

  @Test
  void whatNobodySaysIsNotInTheSource() {
    CheckedQuote checked =
        article().check("Tourism brought the islands a record income in August", null, true);
    assertThat(checked.judgement().label()).isEqualTo(Label.NOT_IN_SOURCE);
  }

  @Test
  void theSameItemIsJudgedTheSame() throws IOException {
    CheckItem item = cases().get(0).item;
    assertThat(checker.check(item)).isEqualTo(checker.check(item));
  }
}
