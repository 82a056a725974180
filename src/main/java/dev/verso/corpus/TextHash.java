package dev.verso.corpus;

/**
 * 64-bit hashes of texts and numbers that are the same on every machine and in every run; not for
 * secrets.
 */
public final class TextHash {

  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private TextHash() {}

  /** FNV-1a (Fowler, Noll, Vo) over the UTF-16 units, its bits mixed once more. */
  public static long of(CharSequence text) {
    long hash = OFFSET;
    for (int k = 0; k < text.length(); k++) {
      hash = (hash ^ text.charAt(k)) * PRIME;
    }
    return mixed(hash);
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014): each bit depends on all bits. */
  public static long mixed(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
