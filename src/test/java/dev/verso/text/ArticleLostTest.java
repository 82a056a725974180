package dev.verso.text;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * Articles that were dropped in silence: by a word in a class, by a second article, by an anchor.
 */
class ArticleLostTest {

  private static final String SENTENCE =
      "La commune de Saint-Aubin plantera deux cents arbres le long de la route nationale. ";

  private static Document file(String name) throws IOException {
    try (InputStream in = ArticleLostTest.class.getResourceAsStream("extraction/" + name)) {
      return Documents.read(name, in.readAllBytes(), ReadOptions.defaults());
    }
  }

  private static Document page(String body) {
    String html = "<!DOCTYPE html><html><head><title>Essai</title></head><body>" + body + "</body>";
    return Documents.read("a.html", html.getBytes(StandardCharsets.UTF_8), ReadOptions.defaults());
  }

  private static String content(Document document) {
    return document.blocks().stream()
        .filter(Block::isContent)
        .flatMap(block -> block.segments().stream())
        .map(Segment::text)
        .collect(joining(" "));
  }

  private static String paragraphs(String mark, int count) {
    StringBuilder html = new StringBuilder();
    for (int i = 0; i < count; i++) {
      html.append("<p>").append(mark).append(' ').append(i).append(" : ");
      html.append(SENTENCE).append("</p>");
    }
    return html.toString();
  }

  @Test
  void aBoxCalledPaywallHoldsTheArticle() throws IOException {
    Document document = file("20a-paywall.html");
    assertThat(content(document)).contains("bassin provisoire", "pétition");
    assertThat(document.notices()).isEmpty();
  }

  @Test
  void aSectionsNameIsNoShareButton() throws IOException {
    assertThat(content(file("21a-social-section.html")))
        .contains("centaine d’habitants", "créneaux", "bassin provisoire");
  }

  @Test
  void runningTextOutweighsAWordInAClass() throws IOException {
    assertThat(content(file("21b-class-words.html")))
        .contains("règlement", "conseil municipal", "centaine", "septembre", "créneaux", "12 mars");
  }

  @Test
  void aLiveReportWhosePostsAreCalledComments() throws IOException {
    assertThat(content(file("27b-live-match.html")))
        .contains("tenu tête", "Morel part seul", "Garnier égalise")
        .doesNotContain("Tapez vos mots")
        .doesNotContain("La rédaction vous propose");
  }

  @Test
  void allPostsOfALiveReport() throws IOException {
    assertThat(content(file("27d-live-two.html")))
        .contains("centaine d’habitants", "Les travaux doivent commencer");
  }

  @Test
  void factsAreContentAndARepeatedQuoteIsNot() throws IOException {
    String content = content(file("22-aside-quote.html"));
    assertThat(content).contains("Repères", "construite en 1974", "80 000 nageurs");
    assertThat(content.split("Nous n’avons plus les moyens", -1)).hasSize(2);
  }

  @Test
  void anAnchorWithoutAddressIsNoLink() throws IOException {
    assertThat(content(file("H01-anchor.html")))
        .contains("Chapitre premier", "Le facteur, lui", "chaque escalier", "sans adresse");
  }

  @Test
  void anEmptyLinkHoldsNothing() {
    assertThat(content(page("<h1>Essai</h1><p><a href=\"#n\"/>Un</p>" + paragraphs("Deux", 3))))
        .contains("Deux 0", "Deux 2");
  }

  @Test
  void commentsStayThePages() {
    Document document =
        page(
            "<article><h1>Essai</h1>"
                + paragraphs("Article", 3)
                + "</article><div id='comments'><ol>"
                + ("<li class='comment'>" + paragraphs("Avis", 2) + "</li>").repeat(4)
                + "</ol></div>");
    assertThat(content(document)).contains("Article 2").doesNotContain("Avis");
    assertThat(document.notices()).hasSize(1);
    assertThat(document.notices().get(0)).contains("% of the running text was set aside");
  }

  @Test
  void aCommentaryInTheMiddleIsTheArticles() {
    String middle = "<section class='comment'>" + paragraphs("Analyse", 2) + "</section>";
    assertThat(
            content(
                page(
                    "<article><h1>Essai</h1>"
                        + paragraphs("Avant", 3)
                        + middle
                        + paragraphs("Après", 2)
                        + "</article>")))
        .contains("Avant 0", "Analyse 1", "Après 1");
  }

  @Test
  void teasersOfOtherArticlesAreNot() {
    String teaser =
        "<article><h3><a href='/x'>Le marché couvert rouvre samedi</a></h3><p>Annonce : "
            + SENTENCE
            + "</p></article>";
    assertThat(
            content(
                page(
                    "<main><article><h1>Essai</h1>"
                        + paragraphs("Texte", 4)
                        + "</article><section>"
                        + teaser.repeat(3)
                        + "</section></main>")))
        .contains("Texte 3")
        .doesNotContain("Annonce");
  }

  @Test
  void manyMarksInsideEachOtherTakeLinearTime() {
    String html = "<div class='share'>".repeat(400) + paragraphs("Texte", 2000);
    assertThat(content(page(html))).contains("Texte 1999");
  }
}
