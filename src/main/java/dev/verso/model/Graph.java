package dev.verso.model;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One ONNX file that DJL runs, and the tensors that pass through it.
 *
 * <p>One thread computes a call: callers bring their own threads, since several batches at once use
 * the cores better than one batch spread over them. Thread-safe.
 */
final class Graph implements AutoCloseable {

  /** Sessions and tensor scopes that are open now; a test compares it with 0. */
  static final AtomicLong OPEN = new AtomicLong();

  private static final String ENGINE = "OnnxRuntime";

  static {
    // The tokenizers library has its own engine, which would become the default.
    System.setProperty("ai.djl.default_engine", ENGINE);
    System.setProperty("ai.djl.onnx.disable_alternative", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
  }

  private final Model model;
  private final Block block;
  private final ParameterStore parameters;
  private final Set<String> inputs = new TreeSet<>();

  private Graph(Model model) {
    this.model = model;
    this.block = model.getBlock();
    // A store without a manager creates one that the engine keeps forever.
    this.parameters = new ParameterStore(model.getNDManager(), false);
    PairList<String, Shape> described = block.describeInput();
    for (int i = 0; i < described.size(); i++) {
      inputs.add(described.keyAt(i));
    }
    OPEN.incrementAndGet();
  }

  /**
   * Loads a graph as it is.
   *
   * @throws ModelException if the file is missing or ONNX Runtime refuses it
   */
  static Graph load(Path file) {
    return load(file, false);
  }

  /**
   * Loads a graph of our own layout, its 8-bit products made exact on every processor.
   *
   * @throws ModelException if the file is missing or ONNX Runtime refuses it
   */
  static Graph loadOwn(Path file) {
    return load(file, true);
  }

  private static Graph load(Path file, boolean own) {
    if (!Files.isRegularFile(file)) {
      throw new ModelException("the model file " + file + " is missing");
    }
    Engine.getEngine(ENGINE); // before anything else touches ONNX Runtime
    RuntimeEnvironment.hold();
    Model model = Model.newInstance(file.getFileName().toString(), ENGINE);
    try (SessionOptions options = new SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      Optional<byte[]> exact =
          own && ExactProducts.needed()
              ? ExactProducts.of(Files.readAllBytes(file))
              : Optional.empty();
      if (exact.isPresent()) {
        options.addConfigEntry("session.x64quantprecision", "1");
        model.load(new ByteArrayInputStream(exact.get()), Map.of("sessionOptions", options));
      } else {
        model.load(
            file.toAbsolutePath().getParent(),
            file.getFileName().toString(),
            Map.of("sessionOptions", options));
      }
      return new Graph(model);
    } catch (OrtException | IOException | MalformedModelException | RuntimeException e) {
      model.close();
      throw new ModelException(
          "ONNX Runtime can't load " + file + ": " + e.getMessage() + ". Fetch the file again.", e);
    }
  }

  /** Names of the inputs that a call must supply. */
  Set<String> inputs() {
    return Set.copyOf(inputs);
  }

  /** A scope for tensors: closing it frees all tensors created in it or attached to it. */
  Scope scope() {
    return new Scope(model.getNDManager().newSubManager());
  }

  /**
   * Runs the graph.
   *
   * @param given all inputs, named; only those the graph knows are passed on
   * @return the outputs by name, owned by the scope of the first input
   */
  Map<String, NDArray> run(List<NDArray> given) {
    NDList list = new NDList(given.size());
    for (NDArray array : given) {
      if (inputs.contains(array.getName())) {
        list.add(array);
      }
    }
    NDList result = block.forward(parameters, list, false);
    Map<String, NDArray> byName = new HashMap<>();
    for (NDArray array : result) {
      byName.put(array.getName(), array);
    }
    return byName;
  }

  @Override
  public void close() {
    model.close();
    OPEN.decrementAndGet();
  }

  /** Owns tensors. */
  static final class Scope implements AutoCloseable {
    private final NDManager manager;
    private final List<NDArray> made = new ArrayList<>();

    private Scope(NDManager manager) {
      this.manager = manager;
      OPEN.incrementAndGet();
    }

    NDArray longs(String name, long[] values, long... shape) {
      return named(name, manager.create(LongBuffer.wrap(values), new Shape(shape), DataType.INT64));
    }

    NDArray floats(String name, float[] values, long... shape) {
      return named(
          name, manager.create(FloatBuffer.wrap(values), new Shape(shape), DataType.FLOAT32));
    }

    NDArray flag(String name, boolean value) {
      return named(name, manager.create(new boolean[] {value}));
    }

    /** Takes over a tensor that another scope created. */
    NDArray keep(String name, NDArray array) {
      array.attach(manager);
      return named(name, array);
    }

    private NDArray named(String name, NDArray array) {
      array.setName(name);
      made.add(array);
      return array;
    }

    /** All tensors created or kept here. */
    List<NDArray> all() {
      return List.copyOf(made);
    }

    @Override
    public void close() {
      manager.close();
      OPEN.decrementAndGet();
    }
  }
}
