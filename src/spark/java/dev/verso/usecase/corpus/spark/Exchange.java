package dev.verso.usecase.corpus.spark;

import dev.verso.corpus.TextHash;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Moves records between tasks as blocks of numbers: each task writes one block for each receiver,
 * so that a record costs eight bytes a number and no object. Receivers get the blocks in the order
 * of their senders, so a task that is run again receives the same.
 */
final class Exchange {

  private static final int FIRST = 64;

  private Exchange() {}

  /** Numbers for each receiver. Not thread-safe. */
  static final class Outbox {
    private final long[][] blocks;
    private final int[] sizes;

    Outbox(int receivers) {
      blocks = new long[receivers][];
      sizes = new int[receivers];
    }

    void put(int receiver, long value) {
      long[] block = blocks[receiver];
      if (block == null) {
        blocks[receiver] = block = new long[FIRST];
      } else if (sizes[receiver] == block.length) {
        blocks[receiver] = block = Arrays.copyOf(block, Math.multiplyExact(2, block.length));
      }
      block[sizes[receiver]++] = value;
    }

    void put(int receiver, long first, long second) {
      put(receiver, first);
      put(receiver, second);
    }

    void put(int receiver, long first, long second, long third) {
      put(receiver, first, second);
      put(receiver, third);
    }
  }

  /** What a task sends. */
  @FunctionalInterface
  interface Sender<T> extends Serializable {
    void send(int partition, Iterator<T> elements, Outbox out) throws Exception;
  }

  private record Block(int sender, long[] numbers) implements Serializable {}

  /**
   * Each of {@code receivers} partitions of the result holds one array: all that was sent to it.
   */
  static <T> JavaRDD<long[]> of(JavaRDD<T> from, int receivers, Sender<T> sender) {
    JavaPairRDD<Integer, Block> blocks =
        from.mapPartitionsWithIndex(
                (partition, elements) -> {
                  Outbox out = new Outbox(receivers);
                  sender.send(partition, elements, out);
                  List<Tuple2<Integer, Block>> sent = new ArrayList<>();
                  for (int r = 0; r < receivers; r++) {
                    if (out.sizes[r] > 0) {
                      sent.add(
                          new Tuple2<>(
                              r, new Block(partition, Arrays.copyOf(out.blocks[r], out.sizes[r]))));
                    }
                  }
                  return sent.iterator();
                },
                false)
            .mapToPair(block -> block);
    return blocks
        .partitionBy(new HashPartitioner(receivers))
        .values()
        .mapPartitions(Exchange::joined);
  }

  private static Iterator<long[]> joined(Iterator<Block> received) {
    List<Block> blocks = new ArrayList<>();
    received.forEachRemaining(blocks::add);
    blocks.sort((a, b) -> Integer.compare(a.sender, b.sender));
    int size = 0;
    for (Block block : blocks) {
      size = Math.addExact(size, block.numbers.length);
    }
    long[] all = new long[size];
    int at = 0;
    for (Block block : blocks) {
      System.arraycopy(block.numbers, 0, all, at, block.numbers.length);
      at += block.numbers.length;
    }
    return List.of(all).iterator();
  }

  /** Sends objects, each to a receiver; they arrive in no particular order. */
  static <T> JavaRDD<T> objects(JavaPairRDD<Integer, T> sent, int receivers) {
    return sent.partitionBy(new HashPartitioner(receivers)).values();
  }

  /** The numbers of a partition, none if it has no array. */
  static long[] numbers(Iterator<long[]> elements) {
    return elements.hasNext() ? elements.next() : new long[0];
  }

  /** Which of some receivers is in charge of a hash. */
  static int receiver(long hash, int receivers) {
    return (int) Long.remainderUnsigned(TextHash.mixed(hash), receivers);
  }
}
