package dev.verso.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.verso.text.TextSpan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A sentence pair whose words were aligned by hand.
 *
 * @param id its name in the gold file
 * @param french the French sentence
 * @param english the English sentence
 * @param frenchTokens ranges of the French words that the links refer to, UTF-16 units of {@code
 *     french}
 * @param englishTokens the same for English
 * @param sure pairs that translate each other
 * @param possible pairs that belong together in a wider sense; the sure ones are among them
 */
public record GoldWordPair(
    String id,
    String french,
    String english,
    List<TextSpan> frenchTokens,
    List<TextSpan> englishTokens,
    Set<TokenPair> sure,
    Set<TokenPair> possible) {

  /**
   * Two tokens by their positions in the token lists, from 0.
   *
   * @param french the French token
   * @param english the English token
   */
  public record TokenPair(int french, int english) {}

  /**
   * Copies the collections and counts the sure pairs as possible as well.
   *
   * @throws IllegalArgumentException if a token exceeds its sentence or a pair names an unknown
   *     token
   */
  public GoldWordPair {
    frenchTokens = List.copyOf(frenchTokens);
    englishTokens = List.copyOf(englishTokens);
    sure = Set.copyOf(sure);
    Set<TokenPair> all = new HashSet<>(possible);
    all.addAll(sure);
    possible = Set.copyOf(all);
    for (TextSpan token : frenchTokens) {
      if (token.end() > french.length()) {
        throw new IllegalArgumentException("token " + token + " exceeds the French sentence");
      }
    }
    for (TextSpan token : englishTokens) {
      if (token.end() > english.length()) {
        throw new IllegalArgumentException("token " + token + " exceeds the English sentence");
      }
    }
    for (TokenPair pair : possible) {
      if (pair.french() < 0
          || pair.french() >= frenchTokens.size()
          || pair.english() < 0
          || pair.english() >= englishTokens.size()) {
        throw new IllegalArgumentException("a link names an unknown token: " + pair);
      }
    }
  }

  /**
   * Reads a gold file: one JSON object a line with {@code id}, {@code fr}, {@code en}, {@code
   * fr_spans}, {@code en_spans} (half-open ranges in Unicode code points, made UTF-16 units here)
   * and {@code links}, a list of {@code [French token, English token, "S" or "P"]}. Blank lines are
   * skipped.
   *
   * @throws IOException if the file cannot be read or a line is not such an object; the message
   *     names file and line
   */
  public static List<GoldWordPair> read(Path file) throws IOException {
    return JsonLines.read(file, "a gold word alignment", GoldWordPair::parse);
  }

  private static GoldWordPair parse(JsonNode node) {
    String french = JsonLines.required(node, "fr").asText();
    String english = JsonLines.required(node, "en").asText();
    Set<TokenPair> sure = new HashSet<>();
    Set<TokenPair> possible = new HashSet<>();
    for (JsonNode link : JsonLines.required(node, "links")) {
      TokenPair pair = new TokenPair(link.path(0).asInt(-1), link.path(1).asInt(-1));
      switch (link.path(2).asText()) {
        case "S" -> sure.add(pair);
        case "P" -> possible.add(pair);
        default -> throw new IllegalArgumentException("a link must be S or P: " + link);
      }
    }
    return new GoldWordPair(
        JsonLines.required(node, "id").asText(),
        french,
        english,
        JsonLines.spans(JsonLines.required(node, "fr_spans"), french),
        JsonLines.spans(JsonLines.required(node, "en_spans"), english),
        sure,
        possible);
  }
}
