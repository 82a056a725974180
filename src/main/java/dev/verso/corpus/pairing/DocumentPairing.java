package dev.verso.corpus.pairing;

import dev.verso.text.Language;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

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

  /** A document as a vector of length one. */
  private static final class Vector {
    private final DocumentProfile profile;
    private final long[] keys;
    private final float[] weights;

    Vector(DocumentProfile profile, Map<Long, Integer> frequency, int documents) {
      this.profile = profile;
      int size = profile.features().size();
      keys = new long[size];
      weights = new float[size];
      double square = 0;
      for (int k = 0; k < size; k++) {
        DocumentProfile.Feature feature = profile.features().get(k);
        keys[k] = feature.hash();
        double idf = Math.log((documents + 1.0) / frequency.get(feature.hash()));
        double count = feature.count();
        weights[k] = (float) (idf * (count >= 1 ? 1 + Math.log(count) : count));
        square += (double) weights[k] * weights[k];
      }
      float norm = (float) Math.sqrt(Math.max(square, 1e-12));
      for (int k = 0; k < size; k++) {
        weights[k] /= norm;
      }
    }

    double cosine(Vector other) {
      double sum = 0;
      int i = 0;
      int j = 0;
      while (i < keys.length && j < other.keys.length) {
        int order = Long.compare(keys[i], other.keys[j]);
        if (order == 0) {
          sum += weights[i++] * other.weights[j++];
        } else if (order < 0) {
          i++;
        } else {
          j++;
        }
      }
      return Math.min(1, sum);
    }
  }

  private static final class Search {
    private final List<Vector> french = new ArrayList<>();
    private final List<Vector> english = new ArrayList<>();
    private final Map<Long, int[]> postings = new HashMap<>();
    private final Map<String, List<Integer>> byAddress = new HashMap<>();
    private final Map<String, List<Integer>> byPattern = new HashMap<>();
    private final Map<String, List<Integer>> byNamed = new HashMap<>();

    Search(Collection<DocumentProfile> profiles) {
      Map<String, String> copies = copies(profiles);
      List<DocumentProfile> inOrder = new ArrayList<>(profiles);
      inOrder.removeIf(profile -> copies.containsKey(profile.id()) || profile.features().isEmpty());
      inOrder.sort(Comparator.comparing(DocumentProfile::id));
      Map<Long, Integer> frequency = new HashMap<>();
      for (DocumentProfile profile : inOrder) {
        for (DocumentProfile.Feature feature : profile.features()) {
          frequency.merge(feature.hash(), 1, Integer::sum);
        }
      }
      for (DocumentProfile profile : inOrder) {
        boolean isFrench = profile.language() == Language.FRENCH;
        (isFrench ? french : english).add(new Vector(profile, frequency, inOrder.size()));
      }
      index();
    }

    private void index() {
      Map<Long, Integer> sizes = new HashMap<>();
      for (Vector vector : english) {
        for (long key : vector.keys) {
          sizes.merge(key, 1, Integer::sum);
        }
      }
      Map<Long, Integer> filled = new HashMap<>();
      for (int e = 0; e < english.size(); e++) {
        Vector vector = english.get(e);
        for (long key : vector.keys) {
          int size = sizes.get(key);
          if (size <= COMMON) {
            int[] list = postings.computeIfAbsent(key, x -> new int[size]);
            list[filled.merge(key, 1, Integer::sum) - 1] = e;
          }
        }
        for (String address : addresses(vector.profile)) {
          byAddress.computeIfAbsent(address, x -> new ArrayList<>()).add(e);
        }
        for (AddressPattern pattern : patterns(vector.profile)) {
          byPattern.computeIfAbsent(pattern.key(), x -> new ArrayList<>()).add(e);
        }
        for (String named : named(vector.profile, Language.FRENCH)) {
          byNamed.computeIfAbsent(named, x -> new ArrayList<>()).add(e);
        }
      }
    }

    private static List<String> addresses(DocumentProfile profile) {
      return profile.url().isEmpty() || profile.url().equals(profile.id())
          ? List.of(plain(profile.id()))
          : List.of(plain(profile.id()), plain(profile.url()));
    }

    /** The addresses that a document gives for itself in a language. */
    private static List<String> named(DocumentProfile profile, Language language) {
      return profile.alternates().entrySet().stream()
          .filter(entry -> Language.of(entry.getKey()).filter(language::equals).isPresent())
          .map(entry -> plain(entry.getValue()))
          .sorted()
          .toList();
    }

    /** An address as links may spell it: without scheme, fragment and a last slash. */
    private static String plain(String address) {
      return address.replaceFirst("^https?://", "").replaceFirst("#.*$", "").replaceFirst("/$", "");
    }

    private static List<AddressPattern> patterns(DocumentProfile profile) {
      return addresses(profile).stream().map(AddressPattern::of).distinct().toList();
    }

    List<DocumentCandidate> run() {
      List<DocumentCandidate> candidates = new ArrayList<>();
      double[] shared = new double[english.size()];
      for (Vector source : french) {
        candidates.addAll(of(source, shared));
      }
      candidates.sort(Comparator.naturalOrder());
      return List.copyOf(candidates);
    }

    private List<DocumentCandidate> of(Vector source, double[] shared) {
      List<Integer> touched = new ArrayList<>();
      for (int k = 0; k < source.keys.length; k++) {
        int[] list = postings.get(source.keys[k]);
        if (list == null) {
          continue;
        }
        for (int e : list) {
          if (shared[e] == 0) {
            touched.add(e);
          }
          Vector target = english.get(e);
          int at = Arrays.binarySearch(target.keys, source.keys[k]);
          shared[e] += source.weights[k] * target.weights[at];
        }
      }
      touched.sort(
          Comparator.<Integer>comparingDouble(e -> -shared[e])
              .thenComparing(e -> english.get(e).profile.id()));
      Set<Integer> chosen = new HashSet<>(touched.subList(0, Math.min(MOST, touched.size())));
      touched.forEach(e -> shared[e] = 0);
      Set<Integer> linked = linked(source.profile);
      Set<Integer> addressed = addressed(source.profile);
      chosen.addAll(linked);
      chosen.addAll(addressed);
      List<DocumentCandidate> found = new ArrayList<>();
      for (int e : chosen) {
        double cosine = source.cosine(english.get(e));
        boolean isLinked = linked.contains(e);
        boolean isAddressed = addressed.contains(e);
        if (cosine >= LEAST_COSINE || isLinked) {
          found.add(
              new DocumentCandidate(
                  source.profile.id(),
                  english.get(e).profile.id(),
                  cosine + (isLinked ? LINKED : 0) + (isAddressed ? ADDRESSED : 0),
                  cosine,
                  isLinked,
                  isAddressed));
        }
      }
      return found;
    }

    /** English documents that this one names, or that name this one. */
    private Set<Integer> linked(DocumentProfile source) {
      Set<Integer> linked = new HashSet<>();
      for (String address : named(source, Language.ENGLISH)) {
        linked.addAll(byAddress.getOrDefault(address, List.of()));
      }
      for (String own : addresses(source)) {
        linked.addAll(byNamed.getOrDefault(own, List.of()));
      }
      return linked;
    }

    private Set<Integer> addressed(DocumentProfile source) {
      Set<Integer> addressed = new HashSet<>();
      for (AddressPattern pattern : patterns(source)) {
        if (pattern.marked()) {
          addressed.addAll(byPattern.getOrDefault(pattern.key(), List.of()));
        }
      }
      return addressed;
    }
  }
}
