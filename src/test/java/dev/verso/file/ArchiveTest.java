package dev.verso.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.text.InputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive that is accepted reads the same from the front and from the back. */
class ArchiveTest {

  @TempDir private Path folder;

  /** Writes archives with any header that a test wants. */
  private static final class Writer {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
    private final boolean wide;
    private int count;

    Writer(boolean wide) {
      this.wide = wide;
    }

    private static ByteBuffer buffer(int size) {
      return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void put(ByteArrayOutputStream to, ByteBuffer bytes) {
      byte[] written = new byte[bytes.position()];
      bytes.get(0, written);
      to.writeBytes(written);
    }

    private static byte[] packed(byte[] content) {
      Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
      deflater.setInput(content);
      deflater.finish();
      byte[] packed = new byte[content.length + 100];
      int length = deflater.deflate(packed);
      deflater.end();
      return Arrays.copyOf(packed, length);
    }

    /**
     * A part followed by a descriptor, as written by programs that do not know its size in advance.
     */
    Writer part(String name, String text) {
      return part(name, name, text);
    }

    /** A part that has one name before it and another in the directory; null for none there. */
    Writer part(String local, String central, String text) {
      byte[] content = text.getBytes(StandardCharsets.UTF_8);
      byte[] packed = packed(content);
      CRC32 crc = new CRC32();
      crc.update(content);
      int place = out.size();
      byte[] name = local.getBytes(StandardCharsets.UTF_8);
      ByteBuffer header = buffer(100 + name.length);
      header.putInt(0x04034b50).putShort((short) 45).putShort((short) 8).putShort((short) 8);
      header.putInt(0).putInt(0).putInt(wide ? -1 : 0).putInt(wide ? -1 : 0);
      header.putShort((short) name.length).putShort((short) (wide ? 20 : 0)).put(name);
      if (wide) {
        header.putShort((short) 1).putShort((short) 16).putLong(0).putLong(0);
      }
      put(out, header);
      out.writeBytes(packed);
      ByteBuffer descriptor = buffer(24);
      descriptor.putInt(0x08074b50).putInt((int) crc.getValue());
      if (wide) {
        descriptor.putLong(packed.length).putLong(content.length);
      } else {
        descriptor.putInt(packed.length).putInt(content.length);
      }
      put(out, descriptor);
      if (central != null) {
        entry(central, crc.getValue(), packed.length, content.length, place);
      }
      return this;
    }

    void entry(String central, long crc, int packed, int size, int place) {
      byte[] name = central.getBytes(StandardCharsets.UTF_8);
      ByteBuffer entry = buffer(100 + name.length);
      entry.putInt(0x02014b50).putShort((short) 45).putShort((short) 45).putShort((short) 8);
      entry.putShort((short) 8).putInt(0).putInt((int) crc);
      entry.putInt(wide ? -1 : packed).putInt(wide ? -1 : size);
      entry.putShort((short) name.length).putShort((short) (wide ? 28 : 0)).putShort((short) 0);
      entry.putShort((short) 0).putShort((short) 0).putInt(0).putInt(wide ? -1 : place).put(name);
      if (wide) {
        entry.putShort((short) 1).putShort((short) 24).putLong(size).putLong(packed).putLong(place);
      }
      put(directory, entry);
      count++;
    }

    byte[] bytes() {
      int start = out.size();
      out.writeBytes(directory.toByteArray());
      ByteBuffer end = buffer(200);
      if (wide) {
        int place = out.size();
        end.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45);
        end.putInt(0).putInt(0).putLong(count).putLong(count);
        end.putLong(directory.size()).putLong(start);
        end.putInt(0x07064b50).putInt(0).putLong(place).putInt(1);
      }
      end.putInt(0x06054b50).putShort((short) 0).putShort((short) 0);
      end.putShort((short) (wide ? -1 : count)).putShort((short) (wide ? -1 : count));
      end.putInt(wide ? -1 : directory.size()).putInt(wide ? -1 : start).putShort((short) 0);
      put(out, end);
      return out.toByteArray();
    }
  }

  /** What the JDK finds by the directory; empty if it refuses. */
  private Optional<Map<String, String>> fromTheBack(byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("a.zip"), content);
    Map<String, String> parts = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        parts.put(
            entry.getName(),
            new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
      }
      return Optional.of(parts);
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** What the JDK finds by reading sequentially; empty if it refuses. */
  private static Optional<Map<String, String>> fromTheFront(byte[] content) {
    Map<String, String> parts = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        parts.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
      return Optional.of(parts);
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static void check(byte[] content) {
    Archive archive = Archive.of("a.docx", content);
    archive.kind();
    archive.check();
  }

  private static byte[] word() {
    return Zips.of(Zips.word(Zips.paragraph("Le chat dort.")));
  }

  @Test
  void whatProgramsWriteIsLetIn() throws IOException {
    for (byte[] content :
        List.of(
            word(), new Writer(false).part("word/document.xml", "<a/>").part("b", "b").bytes())) {
      check(content);
      assertThat(fromTheBack(content)).isPresent().isEqualTo(fromTheFront(content));
    }
    // With long sizes, as large spreadsheets have them; the JDK reads those only from the back.
    byte[] wide = new Writer(true).part("word/document.xml", "<a/>").part("b", "b").bytes();
    check(wide);
    assertThat(fromTheBack(wide)).contains(Map.of("word/document.xml", "<a/>", "b", "b"));
    byte[] odt = Zips.of(Zips.openDocument("<text:p>Le chat dort.</text:p>"));
    assertThat(Archive.of("a.odt", odt).kind()).isEqualTo(FileKind.ODT);
  }

  @Test
  void whatIsLetInReadsTheSameFromBothSides() throws IOException {
    Random random = new Random(17);
    List<byte[]> good =
        List.of(
            word(),
            Zips.of(Zips.openDocument("<text:p>Le chat dort.</text:p>")),
            new Writer(false).part("word/document.xml", "<a/>").part("b", "b").bytes(),
            new Writer(true).part("word/document.xml", "<a/>").part("b", "b").bytes());
    int letIn = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] content = good.get(random.nextInt(good.size())).clone();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        int at = random.nextInt(content.length);
        content[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : content[at] ^ 1);
      }
      try {
        check(content);
        letIn++;
      } catch (InputException e) {
        continue;
      }
      Optional<Map<String, String>> back = fromTheBack(content);
      Optional<Map<String, String>> front = fromTheFront(content);
      if (back.isPresent() && front.isPresent()) {
        assertThat(back).isEqualTo(front);
      }
    }
    assertThat(letIn).isPositive(); // dates and the like may be anything
  }

  @Test
  void whatReadersReadDifferentlyIsRefused() throws IOException {
    byte[] word = word();
    byte[] twice = Arrays.copyOf(word, 2 * word.length);
    System.arraycopy(word, 0, twice, word.length, word.length);
    byte[] before =
        ("PK\u0003\u0004" + new String(word, StandardCharsets.ISO_8859_1))
            .getBytes(StandardCharsets.ISO_8859_1);
    Writer overlapping = new Writer(false).part("word/document.xml", "<a/>");
    overlapping.entry("word/b.xml", 0, 6, 4, 0);
    Map<String, byte[]> refused = new LinkedHashMap<>();
    refused.put("two archives in one", twice);
    refused.put("something before it", before);
    refused.put("something behind it", Arrays.copyOf(word, word.length + 1));
    refused.put("cut off", Arrays.copyOf(word, word.length - 1));
    refused.put(
        "two of a name",
        new Writer(false).part("word/document.xml", "<a/>").part("word/document.xml", "b").bytes());
    refused.put(
        "not in the directory",
        new Writer(false).part("word/document.xml", "<a/>").part("b", null, "b").bytes());
    refused.put(
        "not in the directory, in front",
        new Writer(false).part("b", null, "b").part("word/document.xml", "<a/>").bytes());
    refused.put(
        "another name in the directory",
        new Writer(false).part("a", "word/document.xml", "<a/>").bytes());
    refused.put("two entries for one part", overlapping.bytes());
    for (Map.Entry<String, byte[]> one : refused.entrySet()) {
      assertThatThrownBy(() -> check(one.getValue()))
          .as(one.getKey())
          .isInstanceOf(InputException.class)
          .hasMessageContaining("a.docx is a damaged archive");
    }
  }

  @Test
  void sizesAreMeasuredNotBelieved() {
    byte[] content =
        new Writer(false).part("word/document.xml", "<a>" + " ".repeat(1000) + "</a>").bytes();
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    int end = content.length - 22;
    int directory = bytes.getInt(end + 16);
    bytes.putInt(directory + 24, 10); // in the directory
    bytes.putInt(directory - 4, 10); // in the descriptor
    assertThatThrownBy(() -> check(content))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is not what the directory says");
  }

  @Test
  void lockedPartsAreNamed() {
    byte[] content = new Writer(false).part("word/document.xml", "<a/>").bytes();
    int directory =
        ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getInt(content.length - 6);
    content[directory + 8] |= 1;
    assertThatThrownBy(() -> check(content))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("protected by a password");
  }
}
