package dev.verso.usecase.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.verso.corpus.pairing.DocumentCandidate;
import dev.verso.corpus.pairing.DocumentPair;
import dev.verso.corpus.pairing.DocumentPairing;
import dev.verso.corpus.pairing.DocumentProfile;
import dev.verso.text.Json;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What became of each document: a line of JSON for each pair and each document without one. {@code
 * nearly}, and {@code partnerNearly} for a pair's English side, name the document of which one is
 * nearly a copy.
 */
public final class DocumentReport {

  private final Map<String, ObjectNode> lines = new TreeMap<>();

  /**
   * A pair of documents without its sentences.
   *
   * @param candidate why they were paired
   * @param kind what they are to each other
   * @param related what share of both texts is tied
   * @param sourceShare of the source that is in the target
   * @param targetShare of the target that is in the source
   * @param pairs number of pairs of sentences
   */
  public record Aligned(
      DocumentCandidate candidate,
      DocumentPair.Kind kind,
      double related,
      double sourceShare,
      double targetShare,
      int pairs) {

    /** Of an aligned pair. */
    public static Aligned of(DocumentCandidate candidate, DocumentPair pair) {
      return new Aligned(
          candidate,
          pair.kind(),
          pair.related(),
          pair.sourceShare(),
          pair.targetShare(),
          pair.pairs().size());
    }
  }

  /**
   * @param documents all that were read; their features do not matter
   * @param pairs by the name of the French document
   * @param copies name of a copy to that of the document that stands for it
   * @param unread name of an input that was not used to the reason
   */
  public DocumentReport(
      Collection<DocumentProfile> documents,
      Map<String, Aligned> pairs,
      Map<String, String> copies,
      Map<String, String> unread) {
    Set<String> paired = new HashSet<>();
    Map<String, String> nearlyTargets = new TreeMap<>();
    pairs.forEach(
        (source, pair) -> {
          ObjectNode line = line(source);
          line.put("language", "fr");
          line.put("partner", pair.candidate.target());
          line.put("kind", pair.kind.label());
          line.put("score", rounded(pair.candidate.score()));
          line.put("cosine", rounded(pair.candidate.cosine()));
          line.put("linked", pair.candidate.linked());
          line.put("addressed", pair.candidate.addressed());
          line.put("related", rounded(pair.related));
          line.put("sourceShare", rounded(pair.sourceShare));
          line.put("targetShare", rounded(pair.targetShare));
          line.put("pairs", pair.pairs);
          lines.put(source, line);
          paired.addAll(List.of(source, pair.candidate.target()));
        });
    for (DocumentProfile profile : documents) {
      if (!paired.contains(profile.id())) {
        ObjectNode line = line(profile.id());
        line.put("language", profile.language().tag());
        String original = copies.get(profile.id());
        if (original == null) {
          line.put("kind", "alone");
        } else {
          line.put("kind", "copy");
          line.put("of", original);
        }
        lines.put(profile.id(), line);
      }
    }
    DocumentPairing.nearCopies(documents)
        .forEach(
            (id, other) -> {
              if (lines.containsKey(id)) {
                lines.get(id).put("nearly", other);
              } else {
                // Told on the line of its French partner.
                nearlyTargets.put(id, other);
              }
            });
    pairs.forEach(
        (source, pair) -> {
          String other = nearlyTargets.get(pair.candidate.target());
          if (other != null) {
            lines.get(source).put("partnerNearly", other);
          }
        });
    unread.forEach(
        (id, reason) -> {
          ObjectNode line = line(id);
          line.put("kind", "unused");
          line.put("reason", reason);
          lines.put(id, line);
        });
  }

  /** Writes the lines by the documents' names. */
  public void write(Appendable out) throws IOException {
    for (ObjectNode line : lines.values()) {
      try {
        out.append(Json.PLAIN.writeValueAsString(line)).append('\n');
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static ObjectNode line(String id) {
    return Json.PLAIN.createObjectNode().put("document", id);
  }

  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }
}
