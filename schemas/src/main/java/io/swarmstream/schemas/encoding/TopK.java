package io.swarmstream.schemas.encoding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The encoding {@code topk:P}: the P per cent of a chunk's values that have the largest magnitude,
 * rounded up to a whole number of them; of equal ones those that come first. All others are merged
 * as zero.
 *
 * <p>A payload is the number of the chunk's values and the number of those that it holds (int32,
 * little endian), their indices ({@link EliasFano}), and the values in the order of their indices
 * (bfloat16). When fewer values are not zero, the first zeros fill up the number. Bytes that break
 * these rules are refused, so that there is one payload for the values that are merged.
 */
public final class TopK implements Codec {
  private static final int ALL = 10_000;
  private static final int HEAD_BYTES = 2 * Integer.BYTES;
  private static final int EXPONENT = 0x7f80;

  private final int share;

  /**
   * Sends a share of the values.
   *
   * @param share in ten thousandths, at least 1
   */
  public TopK(int share) {
    this.share = share;
  }

  @Override
  public float largest() {
    return BFloat16.toFloat((short) (EXPONENT - 1));
  }

  private int held(int values) {
    return (int) (((long) values * share + ALL - 1) / ALL);
  }

  private static long bytes(int values, int held) {
    return HEAD_BYTES + (held == 0 ? 0 : EliasFano.bytes(values, held)) + (long) held * Short.BYTES;
  }

  @Override
  public int bytes(int values) {
    return Math.toIntExact(bytes(values, held(values)));
  }

  @Override
  public int values(byte[] payload) {
    int values = claimedValues(payload);
    return values >= 0 && head(payload).getInt(Integer.BYTES) == held(values) ? values : -1;
  }

  /**
   * Returns how many values a payload has, whatever its share; -1 if it has no such payload's
   * length.
   */
  public static int claimedValues(byte[] payload) {
    if (payload.length < HEAD_BYTES) {
      return -1;
    }
    int values = head(payload).getInt(0);
    int held = head(payload).getInt(Integer.BYTES);
    boolean none = values < 0 || held < 0 || held > values || (held == 0) != (values == 0);
    return none || payload.length != bytes(values, held) ? -1 : values;
  }

  private static ByteBuffer head(byte[] payload) {
    return ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void encode(float[] values, byte[] payload) {
    int held = held(values.length);
    head(payload).putInt(values.length).putInt(held);
    if (held == 0) {
      return;
    }
    int[] indices = LargestValues.indices(values, held);
    new EliasFano(payload, HEAD_BYTES, values.length, held).write(indices);
    ByteBuffer words = words(payload, held);
    for (int index : indices) {
      short word = BFloat16.ofFloat(values[index]);
      words.putShort(word == Short.MIN_VALUE ? 0 : word); // zero has no sign
    }
  }

  private static ByteBuffer words(byte[] payload, int held) {
    int bytes = held * Short.BYTES;
    return ByteBuffer.wrap(payload, payload.length - bytes, bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void decode(byte[] payload, float[] values) {
    int held = head(payload).getInt(Integer.BYTES);
    if (held == 0) {
      return;
    }
    EliasFano.Reader indices = new EliasFano(payload, HEAD_BYTES, values.length, held).reader();
    ByteBuffer words = words(payload, held);
    for (int j = 0; j < held; j++) {
      values[indices.next()] = BFloat16.toFloat(words.getShort());
    }
  }

  /** Takes no memory, however many values a payload says it has. */
  @Override
  public Optional<PayloadFlaw> flaw(byte[] payload) {
    int count = head(payload).getInt(0);
    int held = head(payload).getInt(Integer.BYTES);
    if (held == 0) {
      return Optional.empty();
    }
    EliasFano.Reader indices = new EliasFano(payload, HEAD_BYTES, count, held).reader();
    ByteBuffer words = words(payload, held);
    int before = -1;
    for (int j = 0; j < held; j++) {
      int index = indices.next();
      if (index <= before || index >= count) {
        return Optional.of(
            PayloadFlaw.notCanonical(
                Math.max(before, 0),
                "is followed by an index that does not ascend, or is beyond the chunk; write the indices in ascending order"));
      }
      Optional<PayloadFlaw> flaw = wordFlaw(words.getShort(), index, j);
      if (flaw.isPresent()) {
        return flaw;
      }
      before = index;
    }
    return indices.isZeroFromHere()
        ? Optional.empty()
        : Optional.of(
            PayloadFlaw.notCanonical(
                before,
                "is the last that is sent, but more bits follow; fill the last byte with zeros"));
  }

  private static Optional<PayloadFlaw> wordFlaw(short word, int index, int place) {
    if ((word & EXPONENT) == EXPONENT) {
      return Optional.of(PayloadFlaw.notFinite(index, BFloat16.toFloat(word)));
    }
    if (word == Short.MIN_VALUE) {
      return Optional.of(PayloadFlaw.notCanonical(index, "is -0.0; send 0.0"));
    }
    // A zero is sent only where all before it are sent, too.
    return word == 0 && index != place
        ? Optional.of(
            PayloadFlaw.notCanonical(
                index,
                "is a zero that is sent before smaller indices; fill up with the first zeros"))
        : Optional.empty();
  }
}
