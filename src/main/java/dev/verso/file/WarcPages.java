package dev.verso.file;

import dev.verso.text.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.netpreserve.jwarc.HttpResponse;
import org.netpreserve.jwarc.MediaType;
import org.netpreserve.jwarc.MessageBody;
import org.netpreserve.jwarc.ParsingException;
import org.netpreserve.jwarc.WarcReader;
import org.netpreserve.jwarc.WarcRecord;
import org.netpreserve.jwarc.WarcResponse;

/**
 * The pages of a web crawl: a WARC file's responses of status 200 that are HTML, one after the
 * other, read with jwarc; of the file itself nothing is held in memory but the page.
 *
 * <p>Compressed records and transfer and content encodings are undone. A page longer than {@value
 * #LONGEST} bytes is passed over. Thread-safe.
 */
public final class WarcPages {

  private static final int LONGEST = 8_000_000;
  private static final int OK = 200;

  private WarcPages() {}

  /**
   * A page as it was sent.
   *
   * @param address where it was fetched
   * @param date when, as ISO 8601
   * @param content its bytes
   * @param charset what the transport said of its encoding
   */
  @SuppressWarnings("ArrayRecordComponent") // as large as it is, it is not copied
  public record Page(String address, String date, byte[] content, Optional<Charset> charset) {}

  /** Whether a file is named like a crawl's. */
  public static boolean isNamed(String name) {
    return name.endsWith(".warc") || name.endsWith(".warc.gz");
  }

  /**
   * Hands out the pages in the file's order.
   *
   * @return how many records were passed over because they could not be read
   * @throws InputException if the file is missing or is no WARC file
   */
  public static int read(Path file, Consumer<Page> pages) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(file.toString(), in, pages);
    } catch (IOException e) {
      throw new InputException("can't read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Hands out the pages of a stream, which stays open; {@code file} is its name in messages. */
  public static int read(String file, InputStream in, Consumer<Page> pages) {
    int broken = 0;
    try (WarcReader reader = new WarcReader(in)) {
      reader.setLenient(true);
      for (Optional<WarcRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
        if (next.get() instanceof WarcResponse response) {
          try {
            page(response).ifPresent(pages);
          } catch (ParsingException e) {
            broken++;
          }
        }
      }
    } catch (ParsingException e) {
      throw new InputException(file + ": not a WARC file, or damaged: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new InputException("can't read " + file + ": " + e.getMessage(), e);
    }
    return broken;
  }

  private static Optional<Page> page(WarcResponse response) throws IOException {
    if (!response.contentType().base().equals(MediaType.HTTP)) {
      return Optional.empty();
    }
    HttpResponse http = response.http();
    MediaType type = http.contentType();
    boolean html = type.base().equals(MediaType.HTML) || type.base().equals(MediaType.XHTML);
    if (http.status() != OK || !html) {
      return Optional.empty();
    }
    MessageBody body = http.bodyDecoded();
    byte[] content = body.stream().readNBytes(LONGEST + 1);
    return content.length > LONGEST
        ? Optional.empty()
        : Optional.of(
            new Page(
                response.target(),
                response.date().toString(),
                content,
                charset(type.parameters().get("charset"))));
  }

  private static Optional<Charset> charset(String name) {
    if (name == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Charset.forName(name.strip()));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      // What the server calls it does not exist: the page itself will tell.
      return Optional.empty();
    }
  }
}
