package dev.verso.job;

import dev.verso.file.TranslatedFile;
import dev.verso.store.JobStore.Claim;
import dev.verso.text.Cancellation;
import dev.verso.translation.Progress;

/** Makes of a job's document what was asked for. Thread-safe. */
public interface JobWork {

  /**
   * Translates a document.
   *
   * @throws dev.verso.text.InputException if it cannot be translated; the message is kept for the
   *     owner
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  TranslatedFile translate(Claim claim, Progress progress, Cancellation cancellation);
}
