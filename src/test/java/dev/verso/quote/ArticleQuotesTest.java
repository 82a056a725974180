package dev.verso.quote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.verso.text.Document;
import dev.verso.text.Documents;
import dev.verso.text.Language;
import dev.verso.text.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The scraped article with its broken marks: every quote comes out, with its speaker. */
class ArticleQuotesTest {

  private static final Path ARTICLE = Path.of("evaluation", "articles", "otan-moscou.txt");

  @Test
  void everyQuoteOfTheArticleIsFoundAndAttributed() throws IOException {
    Document document =
        Documents.read("otan-moscou.txt", Files.readAllBytes(ARTICLE), ReadOptions.defaults());
    String text = document.text();
    List<Quote> quotes = QuoteExtractor.of(Language.FRENCH).extract(document);
    assertThat(quotes)
        .extracting(
            quote -> quote.type().label(),
            quote -> start(quote.words(text)),
            Quote::speakerName,
            quote -> quote.repaired().size())
        .containsExactly(
            tuple("mixed", "tout type de dialogue égal", "la Russie", 0),
            tuple("indirect", "elle pensait qu’ils travaill", "l’OTAN", 0),
            tuple("mixed", "l’OTAN n’est intéressée par ", "Sergueï Lavrov", 0),
            tuple("mixed", "nous ne voyons pas la nécess", "Sergueï Lavrov", 1),
            tuple("indirect", "les contacts entre l’allianc", "Sergueï Lavrov", 0),
            tuple("direct", "En raison des mesures délibé", "Sergueï Lavrov", 0),
            tuple(
                "mixed",
                "confirment qu’ils ne sont pa",
                "le ministère russe des Affaires étrangères",
                0),
            tuple(
                "direct",
                "La ligne de l’alliance enver",
                "le ministère russe des Affaires étrangères",
                0),
            tuple(
                "direct",
                "La ‘menace russe’ est gonflé",
                "le ministère russe des Affaires étrangères",
                0),
            tuple("indirect", "l’alliance avait pris note d", "Oana Lungescu", 0),
            tuple("indirect", "elle n’avait pas encore reçu", "Oana Lungescu", 0),
            tuple("mixed", "cette décision prise à Mosco", "Heiko Maas", 0),
            tuple("mixed", "cela mettra encore plus de p", "Heiko Maas", 1),
            tuple("direct", "L’Allemagne a fait pression ", "Heiko Maas", 0),
            tuple("direct", "Nous devons reconnaître une ", "Heiko Maas", 0));
  }

  private static String start(String words) {
    return words.substring(0, Math.min(28, words.length()));
  }
}
