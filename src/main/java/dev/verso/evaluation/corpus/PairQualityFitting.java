package dev.verso.evaluation.corpus;

import dev.verso.alignment.PairComparison;
import dev.verso.corpus.filter.FixedMargin;
import dev.verso.corpus.filter.PairQuality;
import dev.verso.corpus.filter.WordOrder;
import dev.verso.text.Cancellation;
import dev.verso.text.LineFile;
import dev.verso.wordalign.LogisticRegression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Function;

/**
 * Fits the weights of {@link PairQuality} on translations: lines of (name TAB) French TAB English,
 * neighbours from the same source.
 *
 * <p>Each line is a right pair; against it stand a pair with the English of another line, two times
 * in five a random one, else the one of 20 that is nearest in length, and for one line in {@value
 * #PARTS} its pair with a third to two thirds of a side. The margin's weight is fitted last, on
 * {@value #ASKED} of these, with the others held in proportion. The order of words is learned from
 * the same lines.
 */
public final class PairQualityFitting {

  private static final int PARTS = 80;
  private static final int ASKED = 2500;
  private static final int NEAREST_OF = 20;
  private static final int WINDOW = 400;

  private record Example(String source, String target, boolean right) {}

  private PairQualityFitting() {}

  /**
   * Writes {@code quality.weights}, {@code order.fr.gz} and {@code order.en.gz}, and, if there is a
   * model, {@code quality-margin.weights}.
   *
   * @param training the translations
   * @param folder where to
   */
  public static void fit(Path training, Optional<FixedMargin> margin, Path folder)
      throws IOException {
    List<Example> examples = examples(training);
    PairComparison comparison = PairComparison.shipped();
    List<double[]> features = new ArrayList<>();
    List<Boolean> labels = new ArrayList<>();
    for (Example example : examples) {
      features.add(
          PairQuality.features(
              comparison.compare(example.source, example.target), OptionalDouble.empty()));
      labels.add(example.right);
    }
    int size = PairQuality.NAMES.size();
    boolean[] used = new boolean[size];
    Arrays.fill(used, 0, size - 1, true);
    double[] plain = LogisticRegression.fit(features, labels, used);
    Files.createDirectories(folder);
    write(plain, folder.resolve("quality.weights"));
    order(examples, Example::source, folder.resolve("order.fr.gz"));
    order(examples, Example::target, folder.resolve("order.en.gz"));
    if (margin.isPresent()) {
      write(
          asked(examples, features, plain, margin.get()), folder.resolve("quality-margin.weights"));
    }
  }

  private static void order(List<Example> examples, Function<Example, String> side, Path file)
      throws IOException {
    List<String> sentences = examples.stream().filter(Example::right).map(side).distinct().toList();
    WordOrder.learn(sentences).write(Files.newOutputStream(file));
  }

  private static double[] asked(
      List<Example> examples, List<double[]> features, double[] plain, FixedMargin margin) {
    int step = Math.max(1, examples.size() / ASKED);
    List<Integer> some = new ArrayList<>();
    for (int k = 0; k < examples.size(); k += step) {
      some.add(k);
    }
    double[] margins =
        margin.of(
            some.stream().map(k -> examples.get(k).source).toList(),
            some.stream().map(k -> examples.get(k).target).toList(),
            Cancellation.NONE);
    List<double[]> rows = new ArrayList<>();
    List<Boolean> labels = new ArrayList<>();
    for (int m = 0; m < margins.length; m++) {
      int k = some.get(m);
      double sum = 0;
      for (int f = 0; f < plain.length; f++) {
        sum += plain[f] * features.get(k)[f];
      }
      rows.add(new double[] {1, sum, Math.max(-1, Math.min(5, margins[m]))});
      labels.add(examples.get(k).right);
    }
    double[] three = LogisticRegression.fit(rows, labels, new boolean[] {true, true, true});
    double[] all = new double[plain.length];
    for (int f = 0; f < all.length; f++) {
      all[f] = three[1] * plain[f];
    }
    all[0] += three[0];
    all[all.length - 1] = three[2];
    return all;
  }

  private static List<Example> examples(Path training) throws IOException {
    List<String[]> lines = new ArrayList<>();
    for (String line : LineFile.read(training)) {
      String[] cells = line.split("\t");
      if (cells.length >= 2) {
        lines.add(new String[] {cells[cells.length - 2], cells[cells.length - 1]});
      }
    }
    Random random = new Random(1);
    List<Example> examples = new ArrayList<>();
    for (int k = 0; k < lines.size(); k++) {
      String source = lines.get(k)[0];
      String target = lines.get(k)[1];
      examples.add(new Example(source, target, true));
      int tries = random.nextInt(5) < 2 ? 1 : NEAREST_OF;
      String best = "";
      int distance = Integer.MAX_VALUE;
      for (int t = 0; t < tries; t++) {
        int from = Math.max(0, Math.min(lines.size() - WINDOW, k - WINDOW / 2));
        String other = lines.get(from + random.nextInt(Math.min(WINDOW, lines.size())))[1];
        int apart = Math.abs(other.length() - target.length());
        if (!other.equals(target) && apart < distance) {
          best = other;
          distance = apart;
        }
      }
      if (!best.isEmpty()) {
        examples.add(new Example(source, best, false));
      }
      if (random.nextInt(PARTS) == 0 && target.split(" ").length >= 5) {
        boolean first = random.nextBoolean();
        examples.add(
            new Example(
                first ? part(source, random) : source,
                first ? target : part(target, random),
                false));
      }
    }
    return examples;
  }

  private static String part(String text, Random random) {
    String[] words = text.split(" ");
    int least = Math.max(1, words.length / 3);
    int length = least + random.nextInt(Math.max(1, 2 * words.length / 3 - least + 1));
    int from = random.nextBoolean() ? 0 : words.length - length;
    return String.join(" ", Arrays.asList(words).subList(from, from + length));
  }

  private static void write(double[] weights, Path file) throws IOException {
    StringBuilder out = new StringBuilder();
    for (int k = 0; k < weights.length; k++) {
      out.append(String.format(Locale.ROOT, "%s = %.4f%n", PairQuality.NAMES.get(k), weights[k]));
    }
    Files.writeString(file, out);
  }
}
