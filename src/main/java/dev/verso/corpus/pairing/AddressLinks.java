package dev.verso.corpus.pairing;

import dev.verso.text.Language;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which English documents French ones name as their translation, or share an address with but for
 * the language. Of profiles only names, addresses and alternates are read.
 *
 * <p>Filled by one thread, then thread-safe to read; O(addresses).
 */
public final class AddressLinks {

  private final Map<String, List<Integer>> byAddress = new HashMap<>();
  private final Map<String, List<Integer>> byPattern = new HashMap<>();
  private final Map<String, List<Integer>> byNamed = new HashMap<>();

  /** Enters an English document under an index. */
  public void add(int index, DocumentProfile english) {
    for (String address : addresses(english)) {
      byAddress.computeIfAbsent(address, x -> new ArrayList<>()).add(index);
    }
    for (AddressPattern pattern : patterns(english)) {
      byPattern.computeIfAbsent(pattern.key(), x -> new ArrayList<>()).add(index);
    }
    for (String named : named(english, Language.FRENCH)) {
      byNamed.computeIfAbsent(named, x -> new ArrayList<>()).add(index);
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

  /** Indices of the English documents that this one names, or that name this one. */
  public Set<Integer> linked(DocumentProfile source) {
    Set<Integer> linked = new HashSet<>();
    for (String address : named(source, Language.ENGLISH)) {
      linked.addAll(byAddress.getOrDefault(address, List.of()));
    }
    for (String own : addresses(source)) {
      linked.addAll(byNamed.getOrDefault(own, List.of()));
    }
    return linked;
  }

  /**
   * Indices of the English documents whose address differs from this one's only in the language.
   */
  public Set<Integer> addressed(DocumentProfile source) {
    Set<Integer> addressed = new HashSet<>();
    for (AddressPattern pattern : patterns(source)) {
      if (pattern.marked()) {
        addressed.addAll(byPattern.getOrDefault(pattern.key(), List.of()));
      }
    }
    return addressed;
  }
}
