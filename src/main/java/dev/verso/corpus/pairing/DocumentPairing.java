package dev.verso.corpus.pairing;

import dev.verso.corpus.dedup.DuplicateSearch;
import dev.verso.text.Language;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;

/**
 * Finds which French and English documents may translate each other.
 *
 * <p>A document's vector has (1 + ln count)·idf at each feature, idf = ln(N / df) over all
 * documents of both languages. Candidates of a French document are the {@value #MOST} English ones
 * with which it shares most of its weight, found through the postings of features that are in at
 * most {@value #COMMON} documents of English, and those that it names or whose address differs only
 * in the language. Score = cosine + {@value #LINKED} if one names the other as its translation +
 * {@value #ADDRESSED} if their addresses differ only in the language.
 *
 * <p>The assignment is greedy, best candidate first and each document once: competitive linking
 * (Melamed 2000), as Buck and Koehn (2016) assign pages. It gives at least half of the greatest
 * total, and no two documents would rather have each other than what they have.
 *
 * <p>Pure; O(Σ features · postings), never all pairs. Copies of a document stand for it once.
 */
public final class DocumentPairing {

  private static final int COMMON = 200;
  private static final int MOST = 8;
  private static final double LINKED = 0.5;
  private static final double ADDRESSED = 0.3;

  /** Documents that share less are no candidates. */
  private static final double LEAST_COSINE = 0.08;

  private DocumentPairing() {}

  /**
   * All candidates, best first.
   *
   * @param profiles of French and English documents in any order
   */
  public static List<DocumentCandidate> candidates(Collection<DocumentProfile> profiles) {
    return new Search(profiles).run();
  }

  /**
   * Candidates for pairs that somebody has settled, surer than any that is found.
   *
   * @param given French name to English name
   * @param known names of the documents that there are; pairs of others are left out
   */
  public static List<DocumentCandidate> settled(Map<String, String> given, Set<String> known) {
    List<DocumentCandidate> settled = new ArrayList<>();
    given.forEach(
        (source, target) -> {
          if (known.contains(source) && known.contains(target)) {
            settled.add(new DocumentCandidate(source, target, 2, 1, true, false));
          }
        });
    return List.copyOf(settled);
  }

  /**
   * The best one-to-one choice among candidates that were not refused.
   *
   * @param candidates as found, best first
   * @param refused candidates that turned out not to be translations
   */
  public static List<DocumentCandidate> assigned(
      List<DocumentCandidate> candidates, Set<DocumentCandidate> refused) {
    Set<String> taken = new HashSet<>();
    List<DocumentCandidate> chosen = new ArrayList<>();
    for (DocumentCandidate candidate : candidates) {
      if (!refused.contains(candidate)
          && !taken.contains(candidate.source())
          && !taken.contains(candidate.target())) {
        taken.add(candidate.source());
        taken.add(candidate.target());
        chosen.add(candidate);
      }
    }
    return List.copyOf(chosen);
  }

  /**
   * Documents that say word for word what another of their language says: name of the copy to the
   * name of the one that stands for it, the first by name.
   */
  public static Map<String, String> copies(Collection<DocumentProfile> profiles) {
    Map<String, String> first = new HashMap<>();
    Map<String, String> copies = new TreeMap<>();
    List<DocumentProfile> inOrder = new ArrayList<>(profiles);
    inOrder.sort(Comparator.comparing(DocumentProfile::id));
    for (DocumentProfile profile : inOrder) {
      String original = first.putIfAbsent(profile.content(), profile.id());
      if (original != null) {
        copies.put(profile.id(), original);
      }
    }
    return copies;
  }

  /**
   * Documents that say nearly, but not word for word, what another of their language says: name to
   * the name of the one whose words' hash comes first among those that are alike. They are told,
   * not left out: a page that was changed a little may have a translation of its own.
   */
  public static Map<String, String> nearCopies(Collection<DocumentProfile> profiles) {
    Map<String, String> copies = copies(profiles);
    List<DocumentProfile> inOrder = new ArrayList<>(profiles);
    inOrder.removeIf(profile -> copies.containsKey(profile.id()));
    inOrder.sort(Comparator.comparing(DocumentProfile::id));
    Map<String, String> near = new TreeMap<>();
    for (Language language : List.of(Language.FRENCH, Language.ENGLISH)) {
      List<DocumentProfile> own =
          inOrder.stream().filter(profile -> profile.language() == language).toList();
      DuplicateSearch search = new DuplicateSearch(true);
      own.forEach(profile -> search.add(profile.likeness(), 0, 1, profile.content()));
      int[] keeper = search.run().keeper();
      for (int k = 0; k < keeper.length; k++) {
        if (keeper[k] != k) {
          near.put(own.get(k).id(), own.get(keeper[k]).id());
        }
      }
    }
    return near;
  }

  /**
   * Whether a feature of so many English documents connects documents: what is common tells little
   * and costs much.
   */
  public static boolean connects(int englishDocuments) {
    return englishDocuments <= COMMON;
  }

  /**
   * The documents that share most with one, at most {@value #MOST}; of those that share as much the
   * first.
   *
   * @param touched indices of documents that share something, in any order; it is reordered
   * @param shared weight shared with each document, by index
   */
  public static List<Integer> nearest(List<Integer> touched, IntToDoubleFunction shared) {
    touched.sort(
        Comparator.<Integer>comparingDouble(e -> -shared.applyAsDouble(e))
            .thenComparing(Comparator.naturalOrder()));
    return List.copyOf(touched.subList(0, Math.min(MOST, touched.size())));
  }

  /** A candidate, if the two share enough or are linked. */
  public static Optional<DocumentCandidate> candidate(
      String source, String target, double cosine, boolean linked, boolean addressed) {
    return cosine >= LEAST_COSINE || linked
        ? Optional.of(
            new DocumentCandidate(
                source,
                target,
                cosine + (linked ? LINKED : 0) + (addressed ? ADDRESSED : 0),
                cosine,
                linked,
                addressed))
        : Optional.empty();
  }

  /** The documents among which pairs are sought, by name: no copies, none without features. */
  public static List<DocumentProfile> sought(Collection<DocumentProfile> profiles) {
    Map<String, String> copies = copies(profiles);
    List<DocumentProfile> inOrder = new ArrayList<>(profiles);
    inOrder.removeIf(profile -> copies.containsKey(profile.id()) || profile.features().isEmpty());
    inOrder.sort(Comparator.comparing(DocumentProfile::id));
    return inOrder;
  }

  /** All in one memory; documents of a language have indices in the order of their names. */
  private static final class Search {
    private final List<DocumentProfile> french = new ArrayList<>();
    private final List<DocumentProfile> english = new ArrayList<>();
    private final Map<Long, Integer> frequency = new HashMap<>();
    private final int documents;
    private final List<DocumentVector> vectors = new ArrayList<>(); // of English documents
    private final Map<Long, int[]> postings = new HashMap<>();
    private final AddressLinks links = new AddressLinks();

    Search(Collection<DocumentProfile> profiles) {
      List<DocumentProfile> inOrder = sought(profiles);
      documents = inOrder.size();
      for (DocumentProfile profile : inOrder) {
        (profile.language() == Language.FRENCH ? french : english).add(profile);
        for (DocumentProfile.Feature feature : profile.features()) {
          frequency.merge(feature.hash(), 1, Integer::sum);
        }
      }
      index();
    }

    private DocumentVector vector(DocumentProfile profile) {
      int size = profile.features().size();
      long[] keys = new long[size];
      float[] counts = new float[size];
      int[] frequencies = new int[size];
      for (int k = 0; k < size; k++) {
        keys[k] = profile.features().get(k).hash();
        counts[k] = profile.features().get(k).count();
        frequencies[k] = frequency.get(keys[k]);
      }
      return DocumentVector.of(keys, counts, frequencies, documents);
    }

    private void index() {
      Map<Long, Integer> sizes = new HashMap<>();
      for (DocumentProfile profile : english) {
        DocumentVector vector = vector(profile);
        vectors.add(vector);
        for (int k = 0; k < vector.size(); k++) {
          sizes.merge(vector.key(k), 1, Integer::sum);
        }
      }
      Map<Long, Integer> filled = new HashMap<>();
      for (int e = 0; e < english.size(); e++) {
        DocumentVector vector = vectors.get(e);
        for (int k = 0; k < vector.size(); k++) {
          long key = vector.key(k);
          int size = sizes.get(key);
          if (connects(size)) {
            int[] list = postings.computeIfAbsent(key, x -> new int[2 * size]);
            int at = filled.merge(key, 1, Integer::sum) - 1;
            list[2 * at] = e;
            list[2 * at + 1] = Float.floatToIntBits(vector.weight(k));
          }
        }
        links.add(e, english.get(e));
      }
    }

    List<DocumentCandidate> run() {
      List<DocumentCandidate> candidates = new ArrayList<>();
      double[] shared = new double[english.size()];
      for (DocumentProfile source : french) {
        candidates.addAll(of(source, shared));
      }
      candidates.sort(Comparator.naturalOrder());
      return List.copyOf(candidates);
    }

    private List<DocumentCandidate> of(DocumentProfile profile, double[] shared) {
      DocumentVector source = vector(profile);
      List<Integer> touched = new ArrayList<>();
      for (int k = 0; k < source.size(); k++) {
        int[] list = postings.get(source.key(k));
        for (int p = 0; list != null && p < list.length; p += 2) {
          if (shared[list[p]] == 0) {
            touched.add(list[p]);
          }
          shared[list[p]] += source.weight(k) * Float.intBitsToFloat(list[p + 1]);
        }
      }
      Set<Integer> chosen = new TreeSet<>(nearest(touched, e -> shared[e]));
      touched.forEach(e -> shared[e] = 0);
      Set<Integer> linked = links.linked(profile);
      Set<Integer> addressed = links.addressed(profile);
      chosen.addAll(linked);
      chosen.addAll(addressed);
      List<DocumentCandidate> found = new ArrayList<>();
      for (int e : chosen) {
        candidate(
                profile.id(),
                english.get(e).id(),
                source.cosine(vectors.get(e)),
                linked.contains(e),
                addressed.contains(e))
            .ifPresent(found::add);
      }
      return found;
    }
  }
}
