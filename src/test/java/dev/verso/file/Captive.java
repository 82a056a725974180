package dev.verso.file;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.util.List;

/** A program that confines itself and tries to get out; says which ways were open. */
final class Captive {

  private Captive() {}

  private interface Attempt {
    void run() throws IOException;
  }

  /** Arguments: the folder it may use, a file and a port that it may not. */
  public static void main(String[] arguments) throws IOException {
    Path mine = Path.of(arguments[0]);
    Path canary = Path.of(arguments[1]);
    int port = Integer.parseInt(arguments[2]);
    Files.createDirectories(mine);
    Confinement.begin(mine);
    Files.writeString(mine.resolve("a"), "Le chat dort.");
    Files.createTempFile(mine, "b", "c");
    for (String protocol : List.of("http", "https", "ftp", "jar:http", "jar:ftp")) {
      String end = protocol.startsWith("jar") ? "!/a" : "";
      refused(protocol, () -> open(protocol + "://127.0.0.1:" + port + "/a.jar" + end));
    }
    refused("file", () -> open(canary.toUri().toString()));
    refused("jar:file", () -> open("jar:" + canary.toUri() + "!/a"));
    refused("mailto", () -> open("mailto:a@b.example"));
    refused("socket", () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
    refused("listen", () -> new ServerSocket(0).close());
    refused("name", () -> InetAddress.getAllByName("example.org"));
    refused("read", () -> Files.readString(canary));
    refused("stream", () -> new FileInputStream(canary.toFile()).close());
    refused("random", () -> new RandomAccessFile(canary.toFile(), "r").close());
    refused("up", () -> Files.readString(mine.resolve("..").resolve("canari.xml")));
    refused("list", () -> Files.walkFileTree(mine.getParent(), new SimpleFileVisitor<>() {}));
    refused("write", () -> Files.writeString(mine.resolveSibling("d"), "x"));
    refused("sibling", () -> Files.writeString(Path.of(mine + "-d"), "x"));
    refused("delete", () -> Files.delete(canary));
    refused("link", () -> Files.createSymbolicLink(mine.resolve("e"), canary));
    refused("program", () -> new ProcessBuilder("/bin/true").start());
    refused("free", Captive::free);
    say("confined");
  }

  @SuppressWarnings("removal") // the test tries to remove it
  private static void free() {
    System.setSecurityManager(null);
  }

  private static void open(String address) throws IOException {
    URI.create(address).toURL().openStream().close();
  }

  private static void refused(String what, Attempt attempt) {
    try {
      attempt.run();
      say("open: " + what);
    } catch (IOException | SecurityException e) {
      if (e instanceof java.nio.file.NoSuchFileException) {
        say("looked: " + what);
      }
    }
  }

  @SuppressWarnings("SystemOut") // the test reads it
  private static void say(String text) {
    System.out.print(text + "\n");
  }
}
