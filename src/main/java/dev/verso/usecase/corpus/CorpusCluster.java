package dev.verso.usecase.corpus;

import dev.verso.corpus.CorpusProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Builds corpora on many machines, as {@link BuildCorpus} does on one: the same documents give the
 * same corpus, byte for byte. What does so is found by {@link ServiceLoader} in a process that has
 * it on its class path; see {@link ClusterProcess} for starting one.
 */
public interface CorpusCluster {

  /**
   * What is wanted.
   *
   * @param master where it runs, such as {@code local[2]}, {@code spark://host:7077} or {@code
   *     yarn}; empty if the process was started with one
   * @param settings of Spark, such as {@code spark.executor.memory}
   * @param inputs folders, files, crawls and lists in any store that the cluster reads, as
   *     addresses or paths
   * @param output the corpus: a file, or with a slash at its end a folder of parts
   * @param work folder for what is under way, in the same store, and for the log of events
   * @param refinement what becomes of the pairs; held-out sets and other corpora are files of the
   *     machine that runs this
   * @param model folder of the model that reads pairs in doubt, if one is to
   */
  record Request(
      String master,
      Map<String, String> settings,
      List<String> inputs,
      String output,
      String work,
      RefinementOptions refinement,
      Optional<Path> model) {

    /** Copies the collections. */
    public Request {
      settings = Map.copyOf(settings);
      inputs = List.copyOf(inputs);
    }
  }

  /**
   * Builds a corpus.
   *
   * @throws dev.verso.text.InputException if an input can't be read, or the result not be written
   */
  BuildCorpus.Result build(Request request, CorpusProgress progress) throws IOException;

  /**
   * Translates documents, as {@link TranslateCorpus} does on one machine.
   *
   * @param request with a model; its refinement has no meaning here
   * @param beam hypotheses kept
   * @throws dev.verso.text.InputException if an input can't be read, or the result not be written
   */
  TranslateCorpus.Result translate(Request request, int beam, CorpusProgress progress)
      throws IOException;

  /** The cluster of this process, if its class path has one. */
  static Optional<CorpusCluster> here() {
    return ClusterProcess.isInside()
        ? ServiceLoader.load(CorpusCluster.class, Thread.currentThread().getContextClassLoader())
            .findFirst()
        : Optional.empty();
  }
}
