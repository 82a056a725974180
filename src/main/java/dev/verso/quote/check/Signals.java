package dev.verso.quote.check;

import dev.verso.text.TextSpan;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the comparisons saw in one item, before it is weighed. Immutable. */
public final class Signals {

  final Evidence evidence;
  final double coverage;
  final double frenchCoverage;

  /** The rendered part of the French, or null. */
  final TextSpan scope;

  private final double[] values;

  Signals(Evidence evidence, double coverage, double frenchCoverage, TextSpan scope) {
    this.evidence = evidence;
    this.coverage = coverage;
    this.frenchCoverage = frenchCoverage;
    this.scope = scope;
    this.values = evidence.vector();
  }

  /** The values, in the order of {@link CheckWeights#signals()}, each in [0, 1]. */
  public double[] values() {
    return values.clone();
  }

  /** The signals that saw something, by name. */
  public Map<String, Double> named() {
    return new LinkedHashMap<>(evidence.values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
