package dev.verso.file;

import dev.verso.translation.MarkedText;
import dev.verso.translation.MarkedText.Kind;
import dev.verso.translation.MarkedText.Mark;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a reader process and its parent write to each other: numbers in network order, and texts,
 * bytes and lists preceded by their length. Nothing that is read determines which class is created.
 */
final class Frames {

  /** More than either side sends in one piece. */
  private static final int LONGEST = 1 << 30;

  private Frames() {}

  static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static byte[] readBytes(DataInputStream in) throws IOException {
    int length = length(in);
    byte[] bytes = in.readNBytes(length); // grows with what arrives, not with what was announced
    if (bytes.length < length) {
      throw new IOException("cut off");
    }
    return bytes;
  }

  /** UTF-16 units unchanged, even halves of surrogate pairs. */
  static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = new byte[2 * text.length()];
    for (int i = 0; i < text.length(); i++) {
      bytes[2 * i] = (byte) (text.charAt(i) >> 8);
      bytes[2 * i + 1] = (byte) text.charAt(i);
    }
    write(out, bytes);
  }

  static String readText(DataInputStream in) throws IOException {
    byte[] bytes = readBytes(in);
    char[] characters = new char[bytes.length / 2];
    for (int i = 0; i < characters.length; i++) {
      characters[i] = (char) (bytes[2 * i] << 8 | (bytes[2 * i + 1] & 0xff));
    }
    return new String(characters);
  }

  static void write(DataOutputStream out, List<MarkedText> texts) throws IOException {
    out.writeInt(texts.size());
    for (MarkedText text : texts) {
      write(out, text.text());
      out.writeInt(text.marks().size());
      for (Mark mark : text.marks()) {
        out.writeByte(mark.kind().name().charAt(0));
        out.writeInt(mark.id());
        out.writeInt(mark.position());
      }
    }
  }

  /**
   * @throws IOException if they are truncated or malformed
   */
  static List<MarkedText> readTexts(DataInputStream in) throws IOException {
    int count = length(in);
    List<MarkedText> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String text = readText(in);
      int marks = length(in);
      List<Mark> read = new ArrayList<>();
      for (int k = 0; k < marks; k++) {
        Kind kind =
            switch (in.readUnsignedByte()) {
              case 'O' -> Kind.OPEN;
              case 'C' -> Kind.CLOSE;
              case 'S' -> Kind.SINGLE;
              case 'B' -> Kind.BREAK;
              default -> throw new IOException("not a kind of mark");
            };
        read.add(new Mark(kind, in.readInt(), in.readInt()));
      }
      try {
        texts.add(new MarkedText(text, read));
      } catch (IllegalArgumentException e) {
        throw new IOException(e);
      }
    }
    return texts;
  }

  static void write(DataOutputStream out, FileLimits limits) throws IOException {
    out.writeLong(limits.characters());
    out.writeInt(limits.units());
    out.writeInt(limits.seconds());
    out.writeInt(limits.megabytes());
    out.writeInt(limits.sideBySide());
  }

  static FileLimits readLimits(DataInputStream in) throws IOException {
    return new FileLimits(in.readLong(), in.readInt(), in.readInt(), in.readInt(), in.readInt());
  }

  static void write(DataOutputStream out, TagRules tags) throws IOException {
    out.writeBoolean(tags.outline());
    for (Set<String> names : List.of(tags.splitting(), tags.nonSplitting(), tags.ignored())) {
      out.writeInt(names.size());
      for (String name : names) {
        write(out, name);
      }
    }
  }

  static TagRules readTags(DataInputStream in) throws IOException {
    return new TagRules(in.readBoolean(), readNames(in), readNames(in), readNames(in));
  }

  private static Set<String> readNames(DataInputStream in) throws IOException {
    Set<String> names = new HashSet<>();
    for (int left = length(in); left > 0; left--) {
      names.add(readText(in));
    }
    return names;
  }

  private static int length(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > LONGEST) {
      throw new IOException("not a length: " + length);
    }
    return length;
  }
}
