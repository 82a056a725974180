package dev.verso.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Products of 8-bit graphs against the same in doubles. On processors without VNNI the first test
 * fails if the graph is loaded as it is: 64 comes out as 32.4.
 */
class ExactProductsTest {

  private static final Path PRODUCTS = Path.of("src/test/resources/products/products.onnx");

  private static double weight(int row, int column) {
    return switch (column) {
      case 1 -> -1;
      case 2 -> -1 + 2 * row / 63.0;
      case 3 -> row % 2 == 1 ? 1 : -1;
      default -> 1;
    };
  }

  private static void compare(Graph graph, float[] x) {
    try (Graph.Scope scope = graph.scope()) {
      Map<String, NDArray> results = graph.run(List.of(scope.floats("x", x, 1, 64)));
      try (NDArray first = results.get("y");
          NDArray second = results.get("z")) {
        float[] y = first.toFloatArray();
        float[] z = second.toFloatArray();
        for (int column = 0; column < 8; column++) {
          double ofPositive = 0;
          double ofAll = 0;
          double size = 0;
          for (int row = 0; row < 64; row++) {
            ofPositive += Math.max(0, x[row]) * weight(row, column);
            ofAll += x[row] * weight(row, column);
            size += Math.abs(x[row]);
          }
          // Half a level of 127 a factor, were all errors of one sign.
          assertThat((double) y[column]).isCloseTo(ofPositive, within(size / 100));
          assertThat((double) z[column]).isCloseTo(ofAll, within(size / 100));
        }
      }
    }
  }

  @Test
  void fullScaleDoesNotOverflow() {
    float[] ones = new float[64];
    Arrays.fill(ones, 1);
    try (Graph graph = Graph.loadOwn(PRODUCTS)) {
      compare(graph, ones);
    }
  }

  @Test
  void productsAreThoseOfTheNumbers() {
    Random random = new Random(7);
    try (Graph graph = Graph.loadOwn(PRODUCTS)) {
      for (int trial = 0; trial < 200; trial++) {
        float[] x = new float[64];
        for (int i = 0; i < x.length; i++) {
          x[i] = (float) (random.nextBoolean() ? random.nextDouble() * 9 : random.nextGaussian());
        }
        compare(graph, x);
      }
    }
  }

  @Test
  void whatHasZeroPointsOrNoProductsIsLeftAlone() throws IOException {
    byte[] exact = ExactProducts.of(Files.readAllBytes(PRODUCTS)).orElseThrow();
    assertThat(ExactProducts.of(exact)).isEmpty();
    Path merged = Path.of("src/test/resources/merged-toy");
    try (var files = Files.walk(merged)) {
      List<Path> graphs = files.filter(f -> f.toString().endsWith(".onnx")).toList();
      assertThat(graphs).isNotEmpty();
      for (Path graph : graphs) {
        assertThat(ExactProducts.of(Files.readAllBytes(graph))).isEmpty();
      }
    }
  }
}
