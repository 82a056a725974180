package dev.verso.usecase.corpus;

import dev.verso.corpus.CorpusPair;
import java.util.function.Consumer;

/** Pairs one after the other, in an order that the pairs alone decide. */
@FunctionalInterface
interface PairSource {
  void forEach(Consumer<CorpusPair> pairs);
}
