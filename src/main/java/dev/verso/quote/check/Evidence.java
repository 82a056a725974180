package dev.verso.quote.check;

import dev.verso.quote.check.Finding.Severity;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects what the comparisons see: a value for each signal, and where it was seen. */
final class Evidence {

  /** The signals of the model, in the order of its weights. */
  static final List<String> SIGNALS =
      List.of(
          "number",
          "bound",
          "name",
          "negation",
          "person",
          "friend",
          "condition",
          "hedge",
          "modal",
          "attribution",
          "tense",
          "aspect",
          "opposite",
          "roles",
          "degree",
          "omission",
          "excess",
          "deficit",
          "unlikely",
          "absent",
          "contrast.number",
          "contrast.negation",
          "contrast.person",
          "contrast.modal",
          "contrast.tense",
          "contrast.opposite",
          "contrast.order",
          "contrast.left-out",
          "contrast.put-in");

  /** What was seen: a signal's value and the finding it makes. */
  record Seen(
      String signal,
      double value,
      ErrorKind kind,
      Severity severity,
      TextSpan source,
      TextSpan target,
      String message) {}

  final List<Seen> seen = new ArrayList<>();
  final Map<String, Double> values = new LinkedHashMap<>();

  /** Signals whose small values are common between paraphrases: squared. */
  private static final Set<String> SHAPED =
      Set.of("omission", "deficit", "excess", "contrast.left-out", "contrast.put-in");

  /** Notes a difference; of a signal the greatest value counts. */
  void add(
      String signal,
      double value,
      ErrorKind kind,
      Severity severity,
      TextSpan source,
      TextSpan target,
      String message) {
    if (value <= 0) {
      return;
    }
    double shaped = SHAPED.contains(signal) ? value * value : value;
    seen.add(new Seen(signal, shaped, kind, severity, source, target, message));
    value(signal, shaped);
  }

  /** Notes a value without a place. */
  void value(String signal, double value) {
    if (!SIGNALS.contains(signal)) {
      throw new IllegalArgumentException("no signal " + signal);
    }
    values.merge(signal, value, Math::max);
  }

  double[] vector() {
    double[] vector = new double[SIGNALS.size()];
    for (int k = 0; k < vector.length; k++) {
      vector[k] = values.getOrDefault(SIGNALS.get(k), 0.0);
    }
    return vector;
  }
}
