package dev.verso.usecase.corpus;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Lines {@code key TAB value} that are only ever appended, each findable by its key: what a run has
 * done so far. A line that a kill cut short is dropped at the next start, so that what is there is
 * whole.
 *
 * <p>Thread-safe. In memory are the keys and where their lines stand.
 */
final class RecordLog implements AutoCloseable {

  private record Place(long start, int length) {}

  private final RandomAccessFile file;
  private final Map<String, Place> places = new HashMap<>();
  private long end;

  RecordLog(Path path) {
    try {
      if (Files.exists(path)) {
        index(path);
      }
      file = new RandomAccessFile(path.toFile(), "rw");
      file.setLength(end);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void index(Path path) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
      ByteArrayOutputStream key = new ByteArrayOutputStream();
      boolean inKey = true;
      long start = 0;
      long at = 0;
      for (int b = in.read(); b >= 0; b = in.read()) {
        at++;
        if (b == '\n') {
          places.put(
              key.toString(StandardCharsets.UTF_8), new Place(start, Math.toIntExact(at - start)));
          end = at;
          start = at;
          key.reset();
          inKey = true;
        } else if (b == '\t' && inKey) {
          inKey = false;
          start = at;
        } else if (inKey) {
          key.write(b);
        }
      }
    }
  }

  synchronized boolean contains(String key) {
    return places.containsKey(key);
  }

  /** Adds a value without line feeds; it is on its way to the disk when this returns. */
  synchronized void add(String key, String value) {
    byte[] head = (key + "\t").getBytes(StandardCharsets.UTF_8);
    byte[] body = (value + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] line = new byte[head.length + body.length];
    System.arraycopy(head, 0, line, 0, head.length);
    System.arraycopy(body, 0, line, head.length, body.length);
    try {
      file.seek(end);
      file.write(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    places.put(key, new Place(end + head.length, body.length));
    end += line.length;
  }

  /** The value of a key that is there. */
  String get(String key) {
    try {
      byte[] bytes;
      synchronized (this) {
        Place place = places.get(key);
        bytes = new byte[place.length - 1];
        file.seek(place.start);
        file.readFully(bytes);
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
