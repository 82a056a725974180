package dev.verso.file;

import dev.verso.text.InputException;
import dev.verso.translation.MarkedText;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.SynchronousQueue;

/**
 * The program that a {@link ReaderProcess} runs: takes untrusted files apart and puts them together
 * again. Requests arrive on standard input and are answered, one after another, on standard output.
 * It ends when its input ends, whatever it is doing.
 */
final class ReaderMain {

  /** Sent once, when the process is ready for requests. */
  static final byte READY = 0x56;

  /** Asks for the texts of a file. */
  static final byte TEXTS = 1;

  /** Asks for a file with translations. */
  static final byte MERGED = 2;

  /** Begins an answer: the result follows. */
  static final byte DONE = 0;

  /** Begins an answer: the message of an {@link InputException} follows. */
  static final byte REFUSED = 1;

  /** Begins an answer: a description of the failure follows. */
  static final byte FAILED = 2;

  /** Bytes; deeply nested markup needs stack. */
  private static final long STACK = 16L << 20;

  private ReaderMain() {}

  /** Computes an answer. */
  private interface Request {
    Answer answer();
  }

  /** Writes an answer. */
  private interface Answer {
    void write(DataOutputStream out) throws IOException;
  }

  /** Starts to serve; files are only written inside {@code java.io.tmpdir}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(new FileInputStream(FileDescriptor.in), 1 << 16));
    DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16));
    PrintStream errors =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, e) -> {
          e.printStackTrace(errors);
          Runtime.getRuntime().halt(1);
        });
    // A library's printed output must not get between the answers.
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    System.setOut(nowhere);
    System.setErr(nowhere);
    System.setIn(InputStream.nullInputStream());
    Confinement.begin(Path.of(System.getProperty("java.io.tmpdir")));
    SynchronousQueue<Request> requests = new SynchronousQueue<>();
    Thread worker = new Thread(null, () -> serve(requests, out), "reader", STACK);
    worker.setDaemon(true);
    worker.start();
    out.writeByte(READY);
    out.flush();
    try {
      while (true) {
        requests.put(request(in));
      }
    } catch (EOFException e) {
      Runtime.getRuntime().halt(0); // the parent is gone or has finished
    }
  }

  private static Request request(DataInputStream in) throws IOException {
    byte operation = in.readByte();
    Form form = Form.valueOf(Frames.readText(in));
    TagRules tags = Frames.readTags(in);
    String name = Frames.readText(in);
    byte[] content = Frames.readBytes(in);
    if (operation == TEXTS) {
      FileLimits limits = Frames.readLimits(in);
      return () -> texts(form, tags, name, content, limits);
    }
    List<MarkedText> translations = Frames.readTexts(in);
    return () -> merged(form, tags, name, content, translations);
  }

  private static Answer texts(
      Form form, TagRules tags, String name, byte[] content, FileLimits limits) {
    List<MarkedText> texts =
        form == Form.PDF
            ? List.of(MarkedText.plain(PdfText.of(name, content, limits)))
            : OkapiFile.texts(form, tags, name, content, limits);
    return out -> Frames.write(out, texts);
  }

  private static Answer merged(
      Form form, TagRules tags, String name, byte[] content, List<MarkedText> translations) {
    byte[] merged = OkapiFile.merged(form, tags, name, content, translations);
    return out -> Frames.write(out, merged);
  }

  @SuppressWarnings("InfiniteLoopStatement") // the process ends, not the loop
  private static void serve(SynchronousQueue<Request> requests, DataOutputStream out) {
    try {
      while (true) {
        answer(requests.take(), out);
        out.flush();
      }
    } catch (IOException | InterruptedException e) {
      Runtime.getRuntime().halt(1); // nobody is listening any more
    }
  }

  private static void answer(Request request, DataOutputStream out) throws IOException {
    byte outcome;
    Answer answer;
    try {
      answer = request.answer();
      outcome = DONE;
    } catch (InputException e) {
      answer = message(e.getMessage());
      outcome = REFUSED;
    } catch (StackOverflowError e) {
      answer = message("its parts are nested too deeply");
      outcome = FAILED;
    } catch (RuntimeException | LinkageError e) {
      answer = message(e.toString());
      outcome = FAILED;
    }
    out.writeByte(outcome);
    answer.write(out);
  }

  private static Answer message(String text) {
    return out -> Frames.write(out, text);
  }
}
