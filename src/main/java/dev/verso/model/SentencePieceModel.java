package dev.verso.model;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The content of a SentencePiece model file: its pieces and how text is normalised before it is
 * cut.
 *
 * <p>Fields of {@code sentencepiece_model.proto} that are read: pieces (1: piece 1, score 2, type
 * 3), trainer (2: model type 3), normaliser (3: charsmap 2, dummy prefix 3, extra spaces 4).
 *
 * @param pieces the vocabulary, in the order of its ids
 * @param charsmap compiled normalisation rules in Base64, empty for none
 * @param dummyPrefix whether a space is put before the text
 * @param removesExtraSpaces whether spaces at either end are removed and runs of them become one
 */
record SentencePieceModel(
    List<Piece> pieces, String charsmap, boolean dummyPrefix, boolean removesExtraSpaces) {

  /** How a piece may be used. */
  enum PieceType {
    NORMAL,
    UNKNOWN,
    CONTROL,
    USER_DEFINED,
    UNUSED,
    BYTE;

    static PieceType of(int number) {
      return number >= 1 && number <= values().length ? values()[number - 1] : NORMAL;
    }
  }

  /**
   * One entry of the vocabulary.
   *
   * @param text the piece, a space written as U+2581
   * @param score its natural-log probability
   * @param type how it may be used
   */
  record Piece(String text, float score, PieceType type) {}

  private static final int UNIGRAM = 1;

  /**
   * Reads a {@code .spm} or {@code .model} file.
   *
   * @throws ModelException if the file is missing, is not a SentencePiece model or not a unigram
   *     one
   */
  static SentencePieceModel read(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new ModelException("can't read the tokenizer " + file + ": " + e.getMessage(), e);
    }
    try {
      return parse(CodedInputStream.newInstance(bytes), file);
    } catch (IOException e) {
      throw new ModelException(file + " is not a SentencePiece model: " + e.getMessage(), e);
    }
  }

  private static SentencePieceModel parse(CodedInputStream in, Path file) throws IOException {
    List<Piece> pieces = new ArrayList<>();
    String charsmap = "";
    boolean dummyPrefix = true;
    boolean removesExtraSpaces = true;
    int modelType = UNIGRAM;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int field = WireFormat.getTagFieldNumber(tag);
      if (field < 1 || field > 3) {
        in.skipField(tag);
        continue;
      }
      int limit = in.pushLimit(in.readRawVarint32());
      String text = "";
      float score = 0;
      int type = 1;
      for (int inner = in.readTag(); inner != 0; inner = in.readTag()) {
        int key = field * 100 + WireFormat.getTagFieldNumber(inner);
        switch (key) {
          case 101 -> text = in.readString();
          case 102 -> score = in.readFloat();
          case 103 -> type = in.readEnum();
          case 203 -> modelType = in.readEnum();
          case 302 -> charsmap = Base64.getEncoder().encodeToString(in.readByteArray());
          case 303 -> dummyPrefix = in.readBool();
          case 304 -> removesExtraSpaces = in.readBool();
          default -> in.skipField(inner);
        }
      }
      in.popLimit(limit);
      if (field == 1) {
        pieces.add(new Piece(text, score, PieceType.of(type)));
      }
    }
    if (pieces.isEmpty()) {
      throw new ModelException(file + " is not a SentencePiece model: it has no pieces");
    }
    if (modelType != UNIGRAM) {
      throw new ModelException(
          file
              + " is a SentencePiece model of type "
              + modelType
              + "; only unigram models are supported");
    }
    return new SentencePieceModel(List.copyOf(pieces), charsmap, dummyPrefix, removesExtraSpaces);
  }

  /** Index of the piece for unknown text, or -1. */
  int unknown() {
    for (int i = 0; i < pieces.size(); i++) {
      if (pieces.get(i).type() == PieceType.UNKNOWN) {
        return i;
      }
    }
    return -1;
  }
}
