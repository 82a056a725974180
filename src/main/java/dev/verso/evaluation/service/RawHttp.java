package dev.verso.evaluation.service;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends requests exactly as given, as no well-behaved client would. */
final class RawHttp {

  private static final Pattern STATUS = Pattern.compile("^HTTP/1\\.[01] (\\d{3})");
  private static final int PATIENCE_MILLIS = 70_000;
  private static final int MOST_BYTES = 1 << 20;

  private RawHttp() {}

  /**
   * The bytes received until the service closed the connection.
   *
   * @param status 0 if there was no answer
   * @param text head and body
   */
  record Answer(int status, String text) {}

  /** Sends a request on a new connection; the Host header is among the given ones. */
  static Answer send(int port, String method, String target, List<String> headers, byte[] body)
      throws IOException {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    headers.forEach(header -> head.append(header).append("\r\n"));
    head.append("Connection: close\r\n");
    if (body.length > 0) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    head.append("\r\n");
    byte[] first = head.toString().getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(first);
    all.write(body);
    return exchange(port, all.toByteArray());
  }

  /** Sends bytes and reads until the end. */
  static Answer exchange(int port, byte[] bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      OutputStream out = socket.getOutputStream();
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      try {
        out.write(bytes);
        out.flush();
        byte[] buffer = new byte[8192];
        int count = socket.getInputStream().read(buffer);
        while (count >= 0 && read.size() < MOST_BYTES) {
          read.write(buffer, 0, count);
          count = socket.getInputStream().read(buffer);
        }
      } catch (SocketTimeoutException e) {
        // Report what has arrived by then.
      } catch (IOException e) {
        // The service closed the connection before it had read everything; its answer may have
        // arrived.
      }
      String text = read.toString(StandardCharsets.UTF_8);
      Matcher status = STATUS.matcher(text);
      return new Answer(status.find() ? Integer.parseInt(status.group(1)) : 0, text);
    }
  }
}
