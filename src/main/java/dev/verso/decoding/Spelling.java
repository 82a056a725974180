package dev.verso.decoding;

import dev.verso.model.WordList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * Keeps a search from inventing words.
 *
 * <p>Pieces can form words that no one ever wrote. A run of letters counts as a word if the model's
 * {@link WordList} contains it, if the source has it with a first letter that is not lower case (a
 * copied name), or if a required phrase contains it. A hypothesis pays {@value #PENALTY} nats for
 * each other run, once, at the piece after which it can no longer become such a word. The penalty
 * ranks hypotheses and is not part of their probability. Single letters are free, as are digits and
 * signs. A byte piece, of which rare characters are made, costs as much if the source has no such
 * byte: what a network spells out by itself is mostly a control character that its text had.
 *
 * <p>Immutable and thread-safe; a state is a value of its hypothesis.
 */
public final class Spelling {

  /** What an invented word costs, in nats. */
  static final double PENALTY = 3;

  private final WordList words;
  private final IntFunction<String> sourcePieces;
  private final IntFunction<String> targetPieces;
  private final IntUnaryOperator sourceBytes;
  private final IntUnaryOperator targetBytes;

  /** Rules for pieces none of which is a byte. */
  Spelling(WordList words, IntFunction<String> sourcePieces, IntFunction<String> targetPieces) {
    this(words, sourcePieces, targetPieces, id -> -1, id -> -1);
  }

  /**
   * @param words the target language's
   * @param sourcePieces text of a piece of the source by its id, a space where a word begins
   * @param targetPieces the same for the target
   * @param sourceBytes the byte that a piece of the source stands for, by its id; -1 for others
   * @param targetBytes the same for the target
   */
  public Spelling(
      WordList words,
      IntFunction<String> sourcePieces,
      IntFunction<String> targetPieces,
      IntUnaryOperator sourceBytes,
      IntUnaryOperator targetBytes) {
    this.words = words;
    this.sourcePieces = sourcePieces;
    this.targetPieces = targetPieces;
    this.sourceBytes = sourceBytes;
    this.targetBytes = targetBytes;
  }

  /**
   * The invented words of a translation, in order.
   *
   * @param source pieces of the source
   * @param required phrases that it must contain
   * @param translation its text
   */
  public List<String> invented(
      List<Integer> source, List<RequiredPhrase> required, String translation) {
    Guard guard = of(source, required);
    return runs(translation).stream().filter(run -> !guard.isWord(run)).toList();
  }

  /** What a translation of one source may contain. */
  Guard of(List<Integer> source, List<RequiredPhrase> required) {
    Set<String> names = new LinkedHashSet<>();
    for (String run : runs(text(source, sourcePieces))) {
      if (!Character.isLowerCase(run.charAt(0))) {
        names.add(run.toLowerCase(Locale.ROOT));
      }
    }
    for (RequiredPhrase phrase : required) {
      for (List<Integer> form : phrase.forms()) {
        runs(text(form, targetPieces)).forEach(run -> names.add(run.toLowerCase(Locale.ROOT)));
      }
    }
    Set<Integer> bytes = new HashSet<>();
    source.forEach(id -> bytes.add(sourceBytes.applyAsInt(id)));
    for (RequiredPhrase phrase : required) {
      phrase.forms().forEach(form -> form.forEach(id -> bytes.add(targetBytes.applyAsInt(id))));
    }
    return new Guard(List.copyOf(names), Set.copyOf(bytes));
  }

  private static String text(List<Integer> ids, IntFunction<String> pieces) {
    StringBuilder text = new StringBuilder();
    ids.forEach(id -> text.append(pieces.apply(id)));
    return text.toString();
  }

  private static List<String> runs(String text) {
    List<String> runs = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean letter = i < text.length() && Character.isLetter(text.charAt(i));
      if (letter && start < 0) {
        start = i;
      } else if (!letter && start >= 0) {
        runs.add(text.substring(start, i));
        start = -1;
      }
    }
    return runs;
  }

  /**
   * The position of a hypothesis in its last word.
   *
   * @param node in the trie of words
   * @param run its letters so far, in lower case
   * @param paid whether it is known not to be a word
   */
  record State(int node, String run, boolean paid) {
    static final State BETWEEN = new State(WordList.ROOT, "", false);
  }

  /** A state and how many invented words were found on the way to it. */
  record Step(State state, int invented) {}

  /** The rules for one source. */
  final class Guard {
    private final List<String> names;
    private final Set<Integer> bytes;

    private Guard(List<String> names, Set<Integer> bytes) {
      this.names = names;
      this.bytes = bytes;
    }

    private boolean isWord(String run) {
      return run.length() < 2
          || words.contains(run)
          || names.contains(run.toLowerCase(Locale.ROOT));
    }

    /** After one more piece. */
    Step after(State state, int piece) {
      String text = targetPieces.apply(piece);
      int node = state.node;
      boolean paid = state.paid;
      int spelled = targetBytes.applyAsInt(piece);
      int invented = spelled >= 0 && !bytes.contains(spelled) ? 1 : 0;
      StringBuilder run = new StringBuilder(state.run);
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (Character.isLetter(c)) {
          run.append(Character.toLowerCase(c));
          node = words.next(node, c);
          if (!paid && node == WordList.NONE && run.length() > 1 && !begins(run)) {
            paid = true;
            invented++;
          }
        } else {
          invented += unfinished(node, run, paid);
          node = WordList.ROOT;
          paid = false;
          run.setLength(0);
        }
      }
      return new Step(new State(node, run.toString(), paid), invented);
    }

    /** At the end mark. */
    int atEnd(State state) {
      return unfinished(state.node, state.run, state.paid);
    }

    private int unfinished(int node, CharSequence run, boolean paid) {
      boolean word = paid || run.length() < 2 || words.isWord(node) || names.contains(run + "");
      return word ? 0 : 1;
    }

    private boolean begins(CharSequence run) {
      String start = run.toString();
      return names.stream().anyMatch(name -> name.startsWith(start));
    }
  }
}
