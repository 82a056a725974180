package dev.verso.translation;

import java.util.concurrent.atomic.AtomicLong;

/** What a {@link DecodingQueue} has done since it was opened. Thread-safe. */
final class DecodingCounts {

  /** Batches decoded. */
  final AtomicLong batches = new AtomicLong();

  /** Inputs decoded. */
  final AtomicLong inputs = new AtomicLong();

  /** Tasks run. */
  final AtomicLong tasks = new AtomicLong();
}
