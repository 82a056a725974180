package dev.verso.model;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rewrites an 8-bit graph so that ONNX Runtime can compute its products exactly on every processor.
 *
 * <p>Without VNNI (such as AMD's before Zen 4), the fast product of unsigned and signed bytes adds
 * two of them in 16 bits, and sums above 32,767 are cut off: up to 2 · 255 · 127 = 64,770 occur. On
 * such processors ONNX Runtime can take unsigned weights instead, whose products are exact, if its
 * option {@code session.x64quantprecision} is set. Release 1.21 then expects each {@code
 * MatMulIntegerToFloat} to name a zero point of its weights, of its own, and ends the process where
 * there is none; our exports omit it, as it is 0. So it is added as the graph is loaded:
 *
 * <pre>  node(A, B, a_scale, b_scale, a_zero)  →  node(A, B, a_scale, b_scale, a_zero, B.zero)
 * </pre>
 *
 * <p>Works on the protocol buffer's wire format: in {@code ModelProto} the graph is field 7, in
 * {@code GraphProto} nodes are field 1 and initializers field 5. Linear in the file's size, of
 * which it makes two copies. Stateless.
 */
final class ExactProducts {

  private static final String OPERATOR = "MatMulIntegerToFloat";

  private static final int INPUTS_WITHOUT_ZERO = 5;

  private static final int INT8 = 3;

  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

  private ExactProducts() {}

  /**
   * Whether products may be inexact here: not where the processor says that it has VNNI, whose
   * products are exact with signed weights and the same with unsigned ones.
   */
  static boolean needed() {
    try (Stream<String> lines = Files.lines(PROCESSOR, StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(line -> line.startsWith("flags"))
          .findFirst()
          .map(flags -> List.of(flags.substring(flags.indexOf(':') + 1).strip().split(" ")))
          .filter(flags -> flags.contains("avx512_vnni") || flags.contains("avx_vnni"))
          .isEmpty();
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      // Not Linux, or not allowed to look: better safe.
      return true;
    }
  }

  /**
   * The same graph with zero points.
   *
   * @param onnx a {@code ModelProto}
   * @return empty if there is no 8-bit product, or if some already name a zero point
   * @throws IOException if this is not a protocol buffer
   */
  static Optional<byte[]> of(byte[] onnx) throws IOException {
    Zeros zeros = new Zeros();
    byte[] model = rewritten(onnx, (number, field) -> number == 7 ? graph(field, zeros) : field);
    return zeros.added > 0 && !zeros.foreign ? Optional.of(model) : Optional.empty();
  }

  /** What was added, and whether other zero points were found. */
  private static final class Zeros {
    final ByteArrayOutputStream tensors = new ByteArrayOutputStream();
    int added;
    boolean foreign;
  }

  private interface Rewriting {
    byte[] of(int number, byte[] field) throws IOException;
  }

  private static byte[] graph(byte[] graph, Zeros zeros) throws IOException {
    byte[] nodes = rewritten(graph, (number, field) -> number == 1 ? node(field, zeros) : field);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(nodes);
    all.writeBytes(zeros.tensors.toByteArray());
    return all.toByteArray();
  }

  private static byte[] node(byte[] node, Zeros zeros) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(node);
    int inputs = 0;
    String weight = "";
    String operator = "";
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int number = WireFormat.getTagFieldNumber(tag);
      if (number == 1) {
        String name = in.readString();
        weight = ++inputs == 2 ? name : weight;
      } else if (number == 4) {
        operator = in.readString();
      } else {
        in.skipField(tag);
      }
    }
    if (!operator.equals(OPERATOR)) {
      return node;
    }
    if (inputs != INPUTS_WITHOUT_ZERO) {
      zeros.foreign = true;
      return node;
    }
    String zero = weight + ".zero" + zeros.added++;
    ByteArrayOutputStream tensor = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(tensor);
    out.writeInt32(2, INT8);
    out.writeString(8, zero);
    out.writeByteArray(9, new byte[1]);
    out.flush();
    CodedOutputStream initializer = CodedOutputStream.newInstance(zeros.tensors);
    initializer.writeByteArray(5, tensor.toByteArray());
    initializer.flush();
    // A repeated field may continue after others: this is the node's sixth input.
    ByteArrayOutputStream longer = new ByteArrayOutputStream();
    longer.writeBytes(node);
    CodedOutputStream input = CodedOutputStream.newInstance(longer);
    input.writeByteArray(1, zero.getBytes(StandardCharsets.UTF_8));
    input.flush();
    return longer.toByteArray();
  }

  /** A message with each of its length-delimited fields rewritten. */
  private static byte[] rewritten(byte[] message, Rewriting rewriting) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(message);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(message.length + message.length / 16);
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int number = WireFormat.getTagFieldNumber(tag);
      switch (WireFormat.getTagWireType(tag)) {
        case WireFormat.WIRETYPE_LENGTH_DELIMITED ->
            out.writeByteArray(number, rewriting.of(number, in.readByteArray()));
        case WireFormat.WIRETYPE_VARINT -> out.writeUInt64(number, in.readUInt64());
        case WireFormat.WIRETYPE_FIXED32 -> out.writeFixed32(number, in.readFixed32());
        case WireFormat.WIRETYPE_FIXED64 -> out.writeFixed64(number, in.readFixed64());
        default -> throw new IOException("an ONNX file contains a group");
      }
    }
    out.flush();
    return bytes.toByteArray();
  }
}
