package dev.verso.store;

import dev.verso.file.Glossaries;
import dev.verso.text.InputException;
import dev.verso.translation.Glossary;
import dev.verso.translation.TranslationMemory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The stored glossaries and memories in the translator's form. Memories in use stay loaded, up to
 * {@value #MOST_UNITS} units, the least recently used dropped first, and are read again when they
 * have changed; glossaries are read each time. Thread-safe.
 */
public final class Terminology {

  private static final int MOST_UNITS = 1_000_000;

  private final GlossaryStore glossaries;
  private final MemoryStore memories;
  private final Map<String, Loaded> loaded = new LinkedHashMap<>(16, 0.75f, true);

  private record Loaded(int revision, TranslationMemory memory) {}

  /** Terminology from these stores. */
  public Terminology(GlossaryStore glossaries, MemoryStore memories) {
    this.glossaries = glossaries;
    this.memories = memories;
  }

  /**
   * A glossary of an owner; empty if there is no such glossary.
   *
   * @throws InputException if the translator can't use it
   */
  public Optional<Glossary> glossary(String owner, String id) {
    return glossaries.terms(owner, id).map(Glossaries::of);
  }

  /** A memory of an owner; empty if there is no such memory. */
  public Optional<TranslationMemory> memory(String owner, String id) {
    Optional<Integer> revision = memories.revision(owner, id);
    if (revision.isEmpty()) {
      return Optional.empty();
    }
    synchronized (loaded) {
      Loaded known = loaded.get(id);
      if (known != null && known.revision() == revision.get()) {
        return Optional.of(known.memory());
      }
    }
    Optional<TranslationMemory> memory = memories.units(owner, id).map(TranslationMemory::new);
    memory.ifPresent(some -> keep(id, new Loaded(revision.get(), some)));
    return memory;
  }

  private void keep(String id, Loaded memory) {
    synchronized (loaded) {
      loaded.put(id, memory);
      long units = loaded.values().stream().mapToLong(one -> one.memory().size()).sum();
      var oldest = loaded.entrySet().iterator();
      while (units > MOST_UNITS && loaded.size() > 1) {
        units -= oldest.next().getValue().memory().size();
        oldest.remove();
      }
    }
  }
}
