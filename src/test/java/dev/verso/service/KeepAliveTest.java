package dev.verso.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that share a connection, seen from the wire. */
class KeepAliveTest {

  private static final String LIVE = "GET /v1/health/live HTTP/1.1|Host: localhost||";

  /** Answered by another thread than the one that reads the connection. */
  private static final String METRICS = "GET /metrics HTTP/1.1|Host: localhost||";

  /** Longer than any answer takes; only a connection that is lost waits for so long. */
  private static final int PATIENCE_MILLIS = 20_000;

  private static RunningService service;

  @BeforeAll
  static void start() {
    service = RunningService.start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        LIVE,
        METRICS,
        "GET /v1/nothing HTTP/1.1|Host: localhost||",
        "GET /%zz HTTP/1.1|Host: localhost||",
        "POST /v1/nothing HTTP/1.1|Host: localhost|Content-Length: 5||never",
        "POST /detect HTTP/1.1|Host: localhost|Content-Type: application/json|Content-Length: 1||{",
        "OPTIONS /v1/translate HTTP/1.1|Host: localhost|Origin: https://desk.example"
            + "|Access-Control-Request-Method: POST||"
      })
  void aRequestThatWaitedForTheOneBeforeLeavesTheConnectionInUse(String waiting)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.uri("/").getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      send(socket, METRICS + waiting);
      assertThat(status(in)).isEqualTo(200);
      status(in);
      send(socket, LIVE);
      assertThat(status(in)).isEqualTo(200);
      send(socket, METRICS + LIVE + waiting + LIVE);
      assertThat(status(in)).isEqualTo(200);
      assertThat(status(in)).isEqualTo(200);
      status(in);
      assertThat(status(in)).isEqualTo(200);
      send(socket, LIVE);
      assertThat(status(in)).isEqualTo(200);
    }
  }

  /** Sends requests, in which a bar stands for the end of a line, in one piece. */
  private static void send(Socket socket, String requests) throws IOException {
    byte[] bytes = requests.replace("|", "\r\n").getBytes(StandardCharsets.US_ASCII);
    socket.getOutputStream().write(bytes);
  }

  /** Reads an answer to its end. */
  private static int status(DataInputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the connection was closed after " + head);
      }
      head.append((char) next);
    }
    for (String line : head.toString().split("\r\n")) {
      if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
        in.skipNBytes(Long.parseLong(line.substring(line.indexOf(':') + 1).strip()));
      }
    }
    return Integer.parseInt(head.substring(9, 12));
  }
}
