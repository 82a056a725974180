package dev.verso.file;

import dev.verso.text.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * A zipped document, inspected before anything else opens it: what it is, and whether it is safe to
 * unpack.
 *
 * <p>A ZIP file describes its parts twice, before each part and in a directory at the end, and
 * readers differ in which of the two they believe. Here they must agree: the parts of the
 * directory, in the order of their positions, fill the file from its first byte to the directory,
 * each with the same name, method, sizes and checksum before its data. That leaves only one way to
 * read it (PKWARE's APPNOTE 6.3.10, sections 4.3 and 4.5.3).
 *
 * <p>Immutable.
 */
final class Archive {

  /** A document unpacks to less than this. */
  static final long MOST_BYTES = 256L << 20;

  /** Text packs to about a tenth; a bomb to a thousandth. */
  private static final int MOST_RATIO = 200;

  private static final int MOST_PARTS = 10_000;

  /** Small archives may have any ratio. */
  private static final long HARMLESS = 8L << 20;

  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int END_64 = 0x06064b50;
  private static final int LOCATOR_64 = 0x07064b50;
  private static final int DESCRIPTOR = 0x08074b50;
  private static final int EXTRA_64 = 0x0001;
  private static final int END_LENGTH = 22;
  private static final int END_64_LENGTH = 56;
  private static final int LOCATOR_LENGTH = 20;
  private static final int CENTRAL_LENGTH = 46;
  private static final int LOCAL_LENGTH = 30;

  private static final long MAGIC_16 = 0xFFFFL;
  private static final long MAGIC_32 = 0xFFFFFFFFL;

  /** Encrypted, strongly encrypted, or with masked headers. */
  private static final int LOCKED = 1 | 1 << 6 | 1 << 13;

  /** Sizes and checksum follow the data. */
  private static final int DESCRIBED_AFTER = 1 << 3;

  private static final int STORED = 0;
  private static final int DEFLATED = 8;

  private static final int OFFICE_HEADER = 1 << 12;

  /** Why an archive can't be trusted; becomes the user's message. */
  private static final class DamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedException(String message) {
      super(message);
    }
  }

  /**
   * A part as the directory describes it.
   *
   * @param header where its own header is
   * @param data where its packed bytes are; set when the header was read
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Part(
      String name,
      byte[] rawName,
      int flags,
      int method,
      long checksum,
      long packed,
      long size,
      long header,
      int data) {

    Part at(int place) {
      return new Part(name, rawName, flags, method, checksum, packed, size, header, place);
    }
  }

  private final String name;
  private final byte[] content;
  private final ByteBuffer bytes;
  private final List<Part> parts;

  private Archive(String name, byte[] content) throws DamagedException {
    this.name = name;
    this.content = content;
    this.bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    this.parts = parts();
  }

  /**
   * Reads an archive's directory and compares it with the header before each part. Nothing is
   * unpacked.
   *
   * @param name what the user calls it
   * @throws InputException if it is damaged or locked, or has too many parts
   */
  static Archive of(String name, byte[] content) {
    try {
      return new Archive(name, content);
    } catch (DamagedException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw damaged(name, e);
    }
  }

  private static InputException damaged(String name, Exception e) {
    String reason = e instanceof DamagedException ? e.getMessage() : "it is cut off";
    return new InputException(
        name + " is a damaged archive (" + reason + "); save it again and retry", e);
  }

  private List<Part> parts() throws DamagedException {
    int end = endRecord();
    require(u16(end + 4) == 0 && u16(end + 6) == 0, "it is one of several volumes");
    long count = u16(end + 10);
    require(u16(end + 8) == count, "it is one of several volumes");
    long length = u32(end + 12);
    long start = u32(end + 16);
    long directoryEnd = end;
    int locator = end - LOCATOR_LENGTH;
    if (locator >= 0 && i32(locator) == LOCATOR_64) {
      int end64 = place(bytes.getLong(locator + 8));
      require(i32(end64) == END_64, "its directory is not where it says");
      require(
          bytes.getLong(end64 + 4) == END_64_LENGTH - 12,
          "the end record of its directory is not valid");
      require(end64 + END_64_LENGTH == locator, "there is something after its directory");
      long count64 = bytes.getLong(end64 + 32);
      long length64 = bytes.getLong(end64 + 40);
      long start64 = bytes.getLong(end64 + 48);
      require(count == MAGIC_16 || count == count64, "its two directories differ");
      require(length == MAGIC_32 || length == length64, "its two directories differ");
      require(start == MAGIC_32 || start == start64, "its two directories differ");
      count = count64;
      length = length64;
      start = start64;
      directoryEnd = end64;
    }
    if (count < 0 || count > MOST_PARTS) {
      throw new InputException(name + " contains more than " + MOST_PARTS + " parts");
    }
    require(
        start >= 0 && length >= 0 && start + length == directoryEnd,
        "its directory is not where it says");
    List<Part> read = new ArrayList<>();
    Set<String> names = new HashSet<>();
    int at = place(start);
    for (long i = 0; i < count; i++) {
      require(i32(at) == CENTRAL, "its directory is shorter than it says");
      Part part = central(at);
      require(names.add(part.name), "it contains two parts named " + part.name);
      read.add(part);
      at += CENTRAL_LENGTH + u16(at + 28) + u16(at + 30) + u16(at + 32);
    }
    require(at == directoryEnd, "its directory is longer than it says");
    return placed(read, start);
  }

  /** As ZIP readers look for it: backwards, until a record extends exactly to the end. */
  private int endRecord() throws DamagedException {
    int first = content.length - END_LENGTH;
    int last = (int) Math.max(0, first - MAGIC_16);
    for (int at = first; at >= last; at--) {
      if (i32(at) == END && at + END_LENGTH + u16(at + 20) == content.length) {
        return at;
      }
    }
    throw new DamagedException("it is cut off");
  }

  private Part central(int at) throws DamagedException {
    int flags = u16(at + 8);
    int method = u16(at + 10);
    byte[] rawName = slice(at + CENTRAL_LENGTH, u16(at + 28));
    String partName = decoded(rawName);
    if ((flags & LOCKED) != 0) {
      throw new InputException(name + " is protected by a password; save it without one");
    }
    require(
        method == STORED || method == DEFLATED,
        "its part " + partName + " is compressed in a way that no document uses");
    require(u16(at + 34) == 0, "it is one of several volumes");
    // Sizes and position, each in the extra field if the header has no room for it, in this order.
    long[] values = {u32(at + 24), u32(at + 20), u32(at + 42)};
    int extra = extra64(at + CENTRAL_LENGTH + rawName.length, u16(at + 30));
    int next = extra + 4;
    for (int i = 0; i < values.length; i++) {
      if (values[i] == MAGIC_32 && extra >= 0) {
        require(next + 8 <= extra + 4 + u16(extra + 2), "a size is missing");
        values[i] = bytes.getLong(next);
        next += 8;
      }
      require(values[i] >= 0 && values[i] <= Integer.MAX_VALUE, "a size is out of range");
    }
    long checksum = u32(at + 16);
    return new Part(
        partName, rawName, flags, method, checksum, values[1], values[0], values[2], -1);
  }

  /** Where the extra field with long sizes begins, or -1. */
  private int extra64(int at, int length) throws DamagedException {
    int end = at + length;
    for (int field = at; field < end; field += 4 + u16(field + 2)) {
      require(field + 4 + u16(field + 2) <= end, "an extra field is cut off");
      if (u16(field) == EXTRA_64) {
        return field;
      }
    }
    return -1;
  }

  /** The parts with the positions of their data, which fill the archive up to its directory. */
  private List<Part> placed(List<Part> read, long directory) throws DamagedException {
    List<Part> sorted = new ArrayList<>(read);
    sorted.sort(Comparator.comparingLong(Part::header));
    long expected = 0;
    List<Part> placed = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      Part part = sorted.get(i);
      require(part.header == expected, "there is something between its parts");
      int at = place(part.header);
      require(i32(at) == LOCAL, "its part " + part.name + " is not where the directory says");
      int nameLength = u16(at + 26);
      int extraLength = u16(at + 28);
      boolean after = (part.flags & DESCRIBED_AFTER) != 0;
      boolean same =
          u16(at + 6) == part.flags
              && u16(at + 8) == part.method
              && Arrays.equals(slice(at + LOCAL_LENGTH, nameLength), part.rawName);
      int extra = extra64(at + LOCAL_LENGTH + nameLength, extraLength);
      same &= agrees(u32(at + 14), part.checksum, after);
      same &= agrees(localSize(at + 22, extra, 4), part.size, after);
      same &= agrees(localSize(at + 18, extra, 12), part.packed, after);
      require(same, "its part " + part.name + " differs from what the directory says");
      int data = at + LOCAL_LENGTH + nameLength + extraLength;
      long dataEnd = data + part.packed;
      long next = i + 1 < sorted.size() ? sorted.get(i + 1).header : directory;
      require(
          after ? isDescriptor(place(dataEnd), next, part) : dataEnd == next,
          "there is something between its parts");
      placed.add(part.at(data));
      expected = next;
    }
    require(expected == directory, "there is something before its directory");
    return placed;
  }

  private long localSize(int at, int extra, int offset) {
    long size = u32(at);
    boolean elsewhere = size == MAGIC_32 && extra >= 0 && u16(extra + 2) >= 16;
    return elsewhere ? bytes.getLong(extra + offset) : size;
  }

  /** A header whose values follow the data has none, or the same. */
  private static boolean agrees(long local, long central, boolean after) {
    return local == central || (after && (local == 0 || local == MAGIC_32));
  }

  /** Whether a data descriptor, in one of its four forms, is between two positions. */
  private boolean isDescriptor(int from, long to, Part part) {
    long length = to - from;
    boolean signed = length == 16 || length == 24;
    if (!signed && length != 12 && length != 20) {
      return false;
    }
    if (signed && i32(from) != DESCRIPTOR) {
      return false;
    }
    int at = signed ? from + 4 : from;
    boolean wide = length >= 20;
    long packed = wide ? bytes.getLong(at + 4) : u32(at + 4);
    long size = wide ? bytes.getLong(at + 12) : u32(at + 8);
    return u32(at) == part.checksum && packed == part.packed && size == part.size;
  }

  /**
   * The kind of document.
   *
   * @throws InputException if it is not one that Verso reads
   */
  FileKind kind() {
    Set<String> names = new HashSet<>();
    for (Part part : parts) {
      names.add(part.name);
    }
    if (names.contains("word/document.xml")) {
      return FileKind.DOCX;
    }
    if (names.contains("ppt/presentation.xml")) {
      return FileKind.PPTX;
    }
    if (names.contains("xl/workbook.xml")) {
      return FileKind.XLSX;
    }
    if (mimetype().startsWith("application/vnd.oasis.opendocument.text")) {
      return FileKind.ODT;
    }
    throw new InputException(
        name
            + " is an archive, but not a document that Verso reads: use one of "
            + FileKind.list());
  }

  private String mimetype() {
    for (Part part : parts) {
      if (part.name.equals("mimetype") && part.size < OFFICE_HEADER) {
        try (InputStream in = open(part)) {
          return new String(in.readNBytes(OFFICE_HEADER), StandardCharsets.ISO_8859_1).strip();
        } catch (IOException e) {
          throw damaged(name, new DamagedException("its part mimetype can't be unpacked"));
        }
      }
    }
    return "";
  }

  private InputStream open(Part part) {
    InputStream raw = new ByteArrayInputStream(content, part.data, (int) part.packed);
    if (part.method == STORED) {
      return raw;
    }
    Inflater inflater = new Inflater(true);
    return new InflaterInputStream(raw, inflater, 1 << 12) {
      @Override
      public void close() throws IOException {
        super.close();
        inflater.end();
      }
    };
  }

  /**
   * Unpacks every part without keeping it and checks that this is safe, that each is what the
   * directory says, and that none declares a document type. Costs about as much as unpacking the
   * document.
   *
   * @throws InputException otherwise
   */
  void check() {
    try {
      long total = 0;
      byte[] buffer = new byte[1 << 16];
      for (Part part : parts) {
        total = unpacked(part, buffer, total);
      }
      for (Part part : parts) {
        DocumentType.refuse(name + ": its part " + part.name, () -> open(part));
      }
    } catch (DamagedException e) {
      throw damaged(name, e);
    }
  }

  /** The bytes of all parts up to and including this one. */
  private long unpacked(Part part, byte[] buffer, long before) throws DamagedException {
    String wrong = "its part " + part.name + " is not what the directory says";
    CRC32 checksum = new CRC32();
    long size = 0;
    if (part.method == STORED) {
      require(part.packed == part.size, wrong);
      checksum.update(content, part.data, (int) part.packed);
      size = part.size;
      requireSafe(before + size);
    } else {
      Inflater inflater = new Inflater(true);
      try {
        inflater.setInput(content, part.data, (int) part.packed);
        while (!inflater.finished()) {
          int n = inflater.inflate(buffer);
          require(n > 0 || inflater.finished(), wrong);
          checksum.update(buffer, 0, n);
          size += n;
          requireSafe(before + size);
        }
        require(inflater.getRemaining() == 0, wrong);
      } catch (DataFormatException e) {
        throw new DamagedException(wrong);
      } finally {
        inflater.end();
      }
    }
    require(size == part.size && checksum.getValue() == part.checksum, wrong);
    return before + size;
  }

  private void requireSafe(long total) {
    if (total > MOST_BYTES || (total > HARMLESS && total / MOST_RATIO > content.length)) {
      throw new InputException(
          name + " unpacks to far more than a document contains; it was not opened");
    }
  }

  private static String decoded(byte[] rawName) throws DamagedException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(rawName)).toString();
    } catch (CharacterCodingException e) {
      throw new DamagedException("the name of a part is not text");
    }
  }

  private static void require(boolean holds, String otherwise) throws DamagedException {
    if (!holds) {
      throw new DamagedException(otherwise);
    }
  }

  private int place(long at) throws DamagedException {
    require(at >= 0 && at <= content.length, "it is cut off");
    return (int) at;
  }

  private byte[] slice(int at, int length) {
    return Arrays.copyOfRange(content, at, at + length);
  }

  private int u16(int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }

  private int i32(int at) {
    return bytes.getInt(at);
  }

  private long u32(int at) {
    return Integer.toUnsignedLong(bytes.getInt(at));
  }
}
