package io.swarmstream.site.node.weights;

import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.layout.TensorShape;
import io.swarmstream.schemas.safetensors.SafetensorsException;
import io.swarmstream.schemas.safetensors.SafetensorsHeader;
import io.swarmstream.schemas.safetensors.TensorEntry;
import io.swarmstream.schemas.safetensors.TensorValues;
import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * A trainer's weights: in a file, in the layout's order, all finite.
 *
 * @param bodyHash SHA-256 of the request's body, 64 hex digits
 * @param norm Euclidean norm of all values
 */
public record ReceivedWeights(WeightsFile file, String bodyHash, double norm) {

  /**
   * Refuses a body that is too large for the layout, before it is read.
   *
   * @param number of the sync, for the message
   * @param bytes length of the body; -1: unknown
   * @throws ProblemException when the body is longer than the layout as F64
   */
  public static void requireLength(long number, long bytes, long parameterCount) {
    long most =
        SafetensorsHeader.MAX_BYTES
            + Long.BYTES
            + Math.multiplyExact(parameterCount, (long) Double.BYTES);
    if (bytes > most) {
      throw ProblemException.of(
              ProblemCode.TOO_LARGE,
              "sync "
                  + number
                  + " has "
                  + bytes
                  + " bytes, the contract's layout as F64 takes at most "
                  + most
                  + "; send the tensors of the layout and no others")
          .in("body")
          .values("at most " + most, Long.toString(bytes));
    }
  }

  /**
   * Reads a body to its end. Its tensors may come in any order.
   *
   * @throws ProblemException when the body is not safetensors, does not have the layout's tensors,
   *     or has a value that is not finite
   */
  public static ReceivedWeights read(InputStream body, ModelLayout layout, Path folder)
      throws IOException {
    DigestInputStream digest = new DigestInputStream(body, sha256());
    try {
      SafetensorsHeader header = SafetensorsHeader.read(digest);
      LayoutMismatch.check(layout, header.tensors().stream().map(TensorEntry::shape).toList());
      WeightsFile file = WeightsFile.in(folder);
      try {
        double norm = readValues(header, layout, digest, file);
        String hash = HexFormat.of().formatHex(digest.getMessageDigest().digest());
        return new ReceivedWeights(file, hash, norm);
      } catch (RuntimeException | IOException e) {
        file.close();
        throw e;
      }
    } catch (SafetensorsException e) {
      throw ProblemException.of(ProblemCode.BAD_BODY, String.valueOf(e.getMessage()), e).in("body");
    }
  }

  private static double readValues(
      SafetensorsHeader header, ModelLayout layout, InputStream in, WeightsFile file)
      throws IOException {
    Map<String, Long> offsets = new HashMap<>();
    long offset = 0;
    for (TensorShape tensor : layout.tensors()) {
      offsets.put(tensor.name(), offset);
      offset += tensor.size();
    }
    TensorValues values = new TensorValues(in);
    SquareSum squares = new SquareSum();
    for (TensorEntry tensor : header.tensors()) {
      long start = offsets.getOrDefault(tensor.name(), 0L);
      values.read(
          tensor,
          (from, piece, count) -> {
            requireFinite(tensor.name(), from, piece, count);
            squares.add(piece, count);
            file.write(start + from, piece, count);
          });
    }
    values.requireEnd();
    return squares.root();
  }

  private static void requireFinite(String tensor, long from, float[] values, int count) {
    for (int i = 0; i < count; i++) {
      if (!Float.isFinite(values[i])) {
        throw ProblemException.of(
                ProblemCode.NOT_FINITE,
                "value "
                    + (from + i)
                    + " of tensor "
                    + tensor
                    + " is "
                    + values[i]
                    + "; the training has diverged: lower the learning rate or check the data")
            .in(tensor)
            .values("a finite float32", Float.toString(values[i]));
      }
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
