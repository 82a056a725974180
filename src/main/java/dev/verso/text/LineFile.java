package dev.verso.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file of one segment a line, the form of test sets and outputs. */
public final class LineFile {

  private LineFile() {}

  /**
   * The lines of a UTF-8 file. Lines end only at a line feed (with or without a carriage return
   * before it): other Unicode separators are part of segments. A byte order mark is dropped.
   *
   * @throws IOException if the file is missing or not UTF-8; the message names it
   */
  public static List<String> read(Path file) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IOException("the file " + file + " is missing", e);
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException(file + " is not UTF-8: convert it first, for example with iconv", e);
    }
    if (text.startsWith("\ufeff")) {
      text = text.substring(1);
    }
    List<String> lines = new ArrayList<>();
    for (int start = 0; start < text.length(); ) {
      int feed = text.indexOf('\n', start);
      int end = feed < 0 ? text.length() : feed;
      int stop = end > start && feed >= 0 && text.charAt(end - 1) == '\r' ? end - 1 : end;
      lines.add(text.substring(start, stop));
      start = end + 1;
    }
    return List.copyOf(lines);
  }
}
