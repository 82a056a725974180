package dev.verso.alignment;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Weights of the log-linear aligner by feature name, as a resource file of {@code name = value}
 * lines.
 *
 * <p>{@code type.a-b} are log priors of bead types; the rest multiply log-odds. Immutable.
 */
public final class AlignmentWeights {
  /** Features that are no bead types. */
  enum Feature {
    LENGTH(0),
    LEXICAL(1),
    NUMBERS(2),
    NAMES(3),
    COGNATES(4),
    TRANSLATED_WORDS(5),
    TRANSLATED_GRAMS(6),
    MARGIN(7),
    PARAGRAPH_START(8),
    PARAGRAPH_CROSSED(9),
    NULL_SENTENCE(10),
    NULL_LENGTH(11),
    NULL_RUN_SOURCE(12),
    NULL_RUN_TARGET(13);

    private final int place;

    Feature(int place) {
      this.place = place;
    }

    String label() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '.');
    }
  }

  private static final int TYPES = BeadType.ALL.size();

  private static final String FITTED_ON = "# fitted on: ";

  private final double[] values;
  private final Set<String> fittedOn;

  AlignmentWeights(double[] values) {
    this(values, Set.of());
  }

  AlignmentWeights(double[] values, Set<String> fittedOn) {
    this.fittedOn = Set.copyOf(fittedOn);
    if (values.length != size()) {
      throw new IllegalArgumentException(values.length + " weights, not " + size());
    }
    this.values = values.clone();
  }

  /**
   * Where fitting starts: measured bead priors, and evidence damped because words of a sentence are
   * not independent.
   *
   * @param translated whether machine translations are given
   * @param without labels of features to leave out
   */
  static AlignmentWeights initial(boolean translated, Set<String> without) {
    double[] values = new double[size()];
    for (int type = 0; type < TYPES; type++) {
      values[type] = Math.log(prior(BeadType.ALL.get(type)));
    }
    AlignmentWeights weights =
        new AlignmentWeights(values)
            .with(Feature.LENGTH, 1)
            .with(Feature.LEXICAL, 0.25)
            .with(Feature.NUMBERS, 0.5)
            .with(Feature.NAMES, 0.5)
            .with(Feature.COGNATES, 0.2)
            .with(Feature.TRANSLATED_WORDS, translated ? 0.2 : 0)
            .with(Feature.TRANSLATED_GRAMS, translated ? 0.05 : 0)
            .with(Feature.MARGIN, 0.04)
            .with(Feature.PARAGRAPH_START, 0.8)
            .with(Feature.PARAGRAPH_CROSSED, 0.7)
            .with(Feature.NULL_SENTENCE, -1)
            .with(Feature.NULL_LENGTH, -0.3)
            .with(Feature.NULL_RUN_SOURCE, -2.5)
            .with(Feature.NULL_RUN_TARGET, -2.5);
    for (Feature feature : Feature.values()) {
      if (without.contains(feature.label())) {
        weights = weights.with(feature, 0);
      }
    }
    return weights;
  }

  /** Shares of bead types, measured on eleven aligned novels, both directions pooled. */
  private static double prior(BeadType type) {
    return switch (type.source() + type.target()) {
      case 2 -> 0.78;
      case 3 -> 0.077;
      case 4 -> 0.011;
      case 5 -> 0.0025;
      default -> 0.0008;
    };
  }

  /** Number of weights. */
  static int size() {
    return TYPES + Feature.values().length;
  }

  static int index(Feature feature) {
    return TYPES + feature.place;
  }

  static List<String> names() {
    List<String> names = new ArrayList<>();
    for (BeadType type : BeadType.ALL) {
      names.add("type." + type.label());
    }
    for (Feature feature : Feature.values()) {
      names.add(feature.label());
    }
    return Collections.unmodifiableList(names);
  }

  /**
   * Names of the gold alignments these weights were fitted on, which they must not be scored on.
   */
  public Set<String> fittedOn() {
    return fittedOn;
  }

  double type(int type) {
    return values[type];
  }

  double of(Feature feature) {
    return values[index(feature)];
  }

  double[] values() {
    return values.clone();
  }

  AlignmentWeights with(Feature feature, double value) {
    double[] changed = values.clone();
    changed[index(feature)] = value;
    return new AlignmentWeights(changed);
  }

  /** The weights for the sides exchanged. */
  AlignmentWeights mirrored() {
    double[] swapped = values.clone();
    for (int type = 0; type < TYPES; type++) {
      BeadType size = BeadType.ALL.get(type);
      swapped[BeadType.index(/* source= */ size.target(), /* target= */ size.source())] =
          values[type];
    }
    swapped[index(Feature.NULL_RUN_SOURCE)] = of(Feature.NULL_RUN_TARGET);
    swapped[index(Feature.NULL_RUN_TARGET)] = of(Feature.NULL_RUN_SOURCE);
    return new AlignmentWeights(swapped);
  }

  /**
   * Reads weights that come with Verso.
   *
   * @param name {@code fast} without machine translations, {@code translated} with them
   */
  public static AlignmentWeights shipped(String name) {
    String file = name + ".weights";
    try (var in = AlignmentWeights.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IOException("the weights " + file + " are missing from the installation");
      }
      try (BufferedReader reader =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        return parse(file, reader.lines().toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads {@code name = value} lines; {@code #} begins a comment line.
   *
   * @throws IllegalArgumentException if a line is malformed, or a weight is unknown or missing
   */
  public static AlignmentWeights parse(String file, List<String> lines) {
    Map<String, Double> read = new TreeMap<>();
    Set<String> fittedOn = new TreeSet<>();
    for (String line : lines) {
      if (line.startsWith(FITTED_ON)) {
        fittedOn.addAll(List.of(line.substring(FITTED_ON.length()).strip().split(", ")));
      }
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      int equals = line.indexOf('=');
      try {
        read.put(
            line.substring(0, Math.max(0, equals)).strip(),
            Double.valueOf(line.substring(equals + 1).strip()));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(file + ": not a weight: " + line, e);
      }
    }
    List<String> names = names();
    double[] values = new double[names.size()];
    for (int k = 0; k < values.length; k++) {
      Double value = read.remove(names.get(k));
      if (value == null) {
        throw new IllegalArgumentException(file + ": no weight " + names.get(k));
      }
      values[k] = value;
    }
    if (!read.isEmpty()) {
      throw new IllegalArgumentException(file + ": unknown weights " + read.keySet());
    }
    return new AlignmentWeights(values, fittedOn);
  }

  /** Writes the lines that {@link #parse} reads. */
  public void write(Appendable out) throws IOException {
    List<String> names = names();
    if (!fittedOn.isEmpty()) {
      out.append(FITTED_ON).append(String.join(", ", new TreeSet<>(fittedOn))).append("\n");
    }
    for (int k = 0; k < values.length; k++) {
      out.append(String.format(java.util.Locale.ROOT, "%s = %.4f\n", names.get(k), values[k]));
    }
  }
}
