package dev.verso.model;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.verso.model.SentencePieceModel.Piece;
import dev.verso.model.SentencePieceModel.PieceType;
import dev.verso.text.JsonValues;
import dev.verso.text.TextSpan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Cuts text into a model's pieces, with offsets, and joins pieces to text.
 *
 * <p>The pieces and the normalisation come from a SentencePiece unigram model (Kudo 2018); Hugging
 * Face's tokenizers library, which reports offsets, does the cutting, from a definition made from
 * that file. Two things deliberately differ from SentencePiece itself: control pieces such as
 * {@code </s>} and byte pieces such as {@code <0x0A>} are never recognised in a text that happens
 * to spell them.
 *
 * <p><b>Placeholders.</b> A model may have learned to copy the byte pieces that no UTF-8 text
 * contains through a translation. The private-use characters U+E000, U+E001, … stand for them in
 * text, on both sides.
 *
 * <p>Thread-safe. Encoding is O(n) in the length of the text.
 */
public final class Tokenizer implements AutoCloseable {

  /** Stands for a model's first placeholder in text; the others follow it. */
  public static final char FIRST_PLACEHOLDER = '\uE000';

  private static final char SPACE = '▁';
  // U+E000 + j in UTF-8: two bytes common to all of them, then 0x80 + j.
  private static final int PLACEHOLDER_BYTE_1 = 0xEE;
  private static final int PLACEHOLDER_BYTE_2 = 0x80;

  private final HuggingFaceTokenizer tokenizer;
  private final int[] idOfPiece; // index in the SentencePiece model -> the network's id
  private final String[] textOfId; // null: no text
  private final int[] byteOfId; // -1: not a byte piece
  private final int[] placeholders;
  private final int first;
  private final int second;

  private Tokenizer(
      HuggingFaceTokenizer tokenizer,
      int[] idOfPiece,
      String[] textOfId,
      int[] byteOfId,
      int[] placeholders) {
    this.tokenizer = tokenizer;
    this.idOfPiece = idOfPiece;
    this.textOfId = textOfId;
    this.byteOfId = byteOfId;
    this.placeholders = placeholders;
    this.first = indexOf(byteOfId, PLACEHOLDER_BYTE_1);
    this.second = indexOf(byteOfId, PLACEHOLDER_BYTE_2);
  }

  /**
   * A tokenizer whose ids are the positions in the SentencePiece model.
   *
   * @param placeholders ids of the pieces that {@link #FIRST_PLACEHOLDER} and the characters after
   *     it stand for, none if the model has none
   * @throws ModelException if the file can't be used
   */
  static Tokenizer joint(Path file, List<Integer> placeholders) {
    SentencePieceModel model = SentencePieceModel.read(file);
    int[] ids = new int[model.pieces().size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = i;
    }
    return create(file, model, ids, ids.length, placeholders);
  }

  /**
   * A tokenizer whose ids come from a vocabulary, as in opus-mt models.
   *
   * @param vocabulary piece to id
   * @param unknown id of pieces that the vocabulary lacks
   * @throws ModelException if the file can't be used
   */
  static Tokenizer mapped(Path file, Map<String, Integer> vocabulary, int unknown) {
    SentencePieceModel model = SentencePieceModel.read(file);
    int[] ids = new int[model.pieces().size()];
    int size = 0;
    for (int id : vocabulary.values()) {
      size = Math.max(size, id + 1);
    }
    for (int i = 0; i < ids.length; i++) {
      ids[i] = vocabulary.getOrDefault(model.pieces().get(i).text(), unknown);
    }
    Tokenizer made = create(file, model, ids, size, List.of());
    // A vocabulary of both languages names pieces that this side's model lacks.
    vocabulary.forEach(
        (piece, id) -> {
          if (made.textOfId[id] == null && !piece.startsWith("<") && made.byteOfId[id] < 0) {
            made.textOfId[id] = piece;
          }
        });
    return made;
  }

  private static Tokenizer create(
      Path file, SentencePieceModel model, int[] ids, int size, List<Integer> placeholders) {
    String[] text = new String[size];
    int[] bytes = new int[size];
    java.util.Arrays.fill(bytes, -1);
    for (int i = 0; i < ids.length; i++) {
      Piece piece = model.pieces().get(i);
      if (piece.type() == PieceType.BYTE) {
        bytes[ids[i]] = Integer.parseInt(piece.text().substring(3, 5), 16);
      } else if (piece.type() == PieceType.NORMAL || piece.type() == PieceType.USER_DEFINED) {
        text[ids[i]] = piece.text();
      }
    }
    HuggingFaceTokenizer tokenizer;
    try {
      byte[] definition = definition(model);
      tokenizer =
          HuggingFaceTokenizer.newInstance(
              new ByteArrayInputStream(definition),
              Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false"));
    } catch (IOException | RuntimeException e) {
      throw new ModelException("can't make a tokenizer of " + file + ": " + e.getMessage(), e);
    }
    return new Tokenizer(
        tokenizer, ids, text, bytes, placeholders.stream().mapToInt(Integer::intValue).toArray());
  }

  /** The definition of a tokenizer, in the library's JSON, that cuts as the model does. */
  private static byte[] definition(SentencePieceModel model) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * model.pieces().size());
    try (JsonGenerator json = JsonValues.TOKENS.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("version", "1.0");
      json.writeNullField("truncation");
      json.writeNullField("padding");
      json.writeArrayFieldStart("added_tokens");
      json.writeEndArray();
      normalizer(model, json);
      json.writeObjectFieldStart("pre_tokenizer");
      json.writeStringField("type", "Metaspace");
      json.writeStringField("replacement", String.valueOf(SPACE));
      json.writeStringField("prepend_scheme", model.dummyPrefix() ? "always" : "never");
      json.writeBooleanField("split", false);
      json.writeEndObject();
      json.writeNullField("post_processor");
      json.writeNullField("decoder");
      unigram(model, json);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void normalizer(SentencePieceModel model, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("normalizer");
    json.writeStringField("type", "Sequence");
    json.writeArrayFieldStart("normalizers");
    if (!model.charsmap().isEmpty()) {
      json.writeStartObject();
      json.writeStringField("type", "Precompiled");
      json.writeStringField("precompiled_charsmap", model.charsmap());
      json.writeEndObject();
    }
    if (model.removesExtraSpaces()) {
      json.writeStartObject();
      json.writeStringField("type", "Strip");
      json.writeBooleanField("strip_left", true);
      json.writeBooleanField("strip_right", true);
      json.writeEndObject();
      json.writeStartObject();
      json.writeStringField("type", "Replace");
      json.writeObjectFieldStart("pattern");
      json.writeStringField("Regex", " {2,}");
      json.writeEndObject();
      json.writeStringField("content", " ");
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void unigram(SentencePieceModel model, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("model");
    json.writeStringField("type", "Unigram");
    int unknown = model.unknown();
    if (unknown >= 0) {
      json.writeNumberField("unk_id", unknown);
    }
    boolean bytes = false;
    // The library derives its penalty for unknown characters from the lowest score.
    double lowest = Double.POSITIVE_INFINITY;
    for (Piece piece : model.pieces()) {
      bytes |= piece.type() == PieceType.BYTE;
      lowest = piece.type() == PieceType.NORMAL ? Math.min(lowest, piece.score()) : lowest;
    }
    lowest = Double.isFinite(lowest) ? lowest : 0;
    json.writeBooleanField("byte_fallback", bytes);
    json.writeArrayFieldStart("vocab");
    for (int i = 0; i < model.pieces().size(); i++) {
      Piece piece = model.pieces().get(i);
      json.writeStartArray();
      switch (piece.type()) {
        case NORMAL, USER_DEFINED -> {
          json.writeString(piece.text());
          json.writeNumber((double) piece.score());
        }
        case BYTE -> {
          json.writeString(piece.text());
          json.writeNumber(lowest);
        }
        default -> {
          // A name that occurs in no text: texts may contain "</s>".
          json.writeString("\uF8FF" + i + "\uF8FF");
          json.writeNumber(i == unknown ? piece.score() : lowest);
        }
      }
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Number of placeholders that the model copies through a translation, often 0. */
  public int placeholders() {
    return placeholders.length;
  }

  /**
   * Cuts {@code text} into pieces. Lone surrogates and control characters are read as spaces, and
   * the opening mark of a spelt-out byte piece as U+2039.
   *
   * @throws IllegalStateException if the tokenizer is closed
   */
  public Encoding encode(String text) {
    String readable = readable(text);
    ai.djl.huggingface.tokenizers.Encoding cut = tokenizer.encode(readable, false, false);
    long[] indices = cut.getIds();
    CharSpan[] codePoints = cut.getCharTokenSpans();
    int[] units = unitsOfCodePoints(readable);
    List<Integer> ids = new ArrayList<>(indices.length);
    List<TextSpan> spans = new ArrayList<>(indices.length);
    int end = 0;
    for (int i = 0; i < indices.length; i++) {
      int id = idOfPiece[(int) indices[i]];
      CharSpan span = codePoints[i];
      int from = span == null ? end : Math.min(units[span.getStart()], readable.length());
      int to = span == null ? end : Math.max(from, units[span.getEnd()]);
      // A decomposed accent belongs to its letter.
      while (to < readable.length() && to > from && isMark(readable.codePointAt(to))) {
        to += Character.charCount(readable.codePointAt(to));
      }
      while (from < to && isSpace(readable.charAt(from))) {
        from++;
      }
      end = to;
      int placeholder = placeholderAt(indices, i);
      if (placeholder >= 0) {
        id = placeholders[placeholder];
        i += 2;
      }
      ids.add(id);
      spans.add(new TextSpan(from, to));
    }
    return new Encoding(ids, spans);
  }

  private int placeholderAt(long[] indices, int i) {
    if (placeholders.length == 0 || i + 2 >= indices.length) {
      return -1;
    }
    if (idOfPiece[(int) indices[i]] != first || idOfPiece[(int) indices[i + 1]] != second) {
      return -1;
    }
    int last = byteOfId[idOfPiece[(int) indices[i + 2]]] - 0x80;
    return last >= 0 && last < placeholders.length ? last : -1;
  }

  /**
   * Joins pieces to text. Ids without text (end of sentence, padding, unknown) become the empty
   * span, and so do bytes that are not UTF-8: U+FFFD never comes out.
   */
  public Decoded decode(List<Integer> ids) {
    StringBuilder text = new StringBuilder();
    List<TextSpan> spans = new ArrayList<>(ids.size());
    ByteArrayOutputStream pending = new ByteArrayOutputStream();
    int pendingPieces = 0;
    for (int i = 0; i <= ids.size(); i++) {
      int id = i < ids.size() ? ids.get(i) : -1;
      boolean known = id >= 0 && id < textOfId.length;
      int placeholder = known ? indexOf(placeholders, id) : -1;
      if (known && placeholder < 0 && byteOfId[id] >= 0) {
        pending.write(byteOfId[id]);
        pendingPieces++;
        continue;
      }
      if (pendingPieces > 0) {
        int from = text.length();
        text.append(pending.toString(StandardCharsets.UTF_8).replace("\uFFFD", ""));
        for (int k = 0; k < pendingPieces; k++) {
          spans.add(new TextSpan(from, text.length()));
        }
        pending.reset();
        pendingPieces = 0;
      }
      if (i == ids.size()) {
        break;
      }
      int from = text.length();
      if (placeholder >= 0) {
        text.append((char) (FIRST_PLACEHOLDER + placeholder));
      } else if (known && textOfId[id] != null) {
        String piece = textOfId[id].replace(SPACE, ' ');
        // The space before the first word is the tokenizer's own.
        text.append(text.isEmpty() && piece.startsWith(" ") ? piece.substring(1) : piece);
      }
      while (from < text.length() && text.charAt(from) == ' ') {
        from++;
      }
      spans.add(new TextSpan(from, text.length()));
    }
    return new Decoded(text.toString(), spans);
  }

  /** The byte that a piece stands for by itself, 0 to 255; -1 if it is no such piece. */
  public int byteOf(int id) {
    for (int placeholder : placeholders) {
      if (placeholder == id) {
        return -1;
      }
    }
    return id >= 0 && id < byteOfId.length ? byteOfId[id] : -1;
  }

  /** The text of the piece, a space where a word begins; nothing for byte and control pieces. */
  public String textOf(int id) {
    boolean prints = id >= 0 && id < textOfId.length && textOfId[id] != null;
    return prints ? textOfId[id].replace(SPACE, ' ') : "";
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static boolean isMark(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }

  /** The same number of units, all of which the library can read. */
  private static String readable(String text) {
    StringBuilder out = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (pair) {
        i++;
      } else if (Character.isSurrogate(c) || Character.isISOControl(c) || spellsByte(text, i)) {
        if (out == null) {
          out = new StringBuilder(text);
        }
        out.setCharAt(i, c == '<' ? '‹' : ' ');
      }
    }
    return out == null ? text : out.toString();
  }

  /** Whether the name of a byte piece, such as {@code <0x0A>}, is at {@code i}. */
  private static boolean spellsByte(String text, int i) {
    return text.startsWith("<0x", i)
        && i + 5 < text.length()
        && Character.digit(text.charAt(i + 3), 16) >= 0
        && Character.digit(text.charAt(i + 4), 16) >= 0
        && text.charAt(i + 5) == '>';
  }

  private static int[] unitsOfCodePoints(String text) {
    int[] units = new int[text.codePointCount(0, text.length()) + 1];
    int at = 0;
    for (int i = 0; i < units.length; i++) {
      units[i] = at;
      if (at < text.length()) {
        at += Character.charCount(text.codePointAt(at));
      }
    }
    return units;
  }

  private static int indexOf(int[] values, int wanted) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  /** Frees the library's memory. */
  @Override
  public void close() {
    tokenizer.close();
  }
}
