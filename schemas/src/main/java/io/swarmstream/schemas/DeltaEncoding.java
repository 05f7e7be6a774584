package io.swarmstream.schemas;

import io.swarmstream.schemas.encoding.Codec;
import io.swarmstream.schemas.encoding.PayloadFlaw;
import io.swarmstream.schemas.encoding.TopK;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the payload of a delta chunk encodes values; one of the terms of a training. The values that
 * are merged, and the merged model, are float32 under every encoding.
 *
 * @param kind what it takes to decode a payload
 * @param share of the values that a payload holds, in ten thousandths; 0 unless the kind is {@link
 *     Encoding#TOPK}
 */
public record DeltaEncoding(Encoding kind, int share) {
  /** Above it, {@code topk} would take more bytes than {@code int4}: 20 per cent. */
  public static final int MAX_SHARE = 2_000;

  public static final DeltaEncoding FLOAT32 = new DeltaEncoding(Encoding.FLOAT32, 0);
  public static final DeltaEncoding FLOAT16 = new DeltaEncoding(Encoding.FLOAT16, 0);
  public static final DeltaEncoding BFLOAT16 = new DeltaEncoding(Encoding.BFLOAT16, 0);
  public static final DeltaEncoding INT8 = new DeltaEncoding(Encoding.INT8, 0);

  /** How masked terms encode, whichever encoding they name. */
  public static final DeltaEncoding MASKED = new DeltaEncoding(Encoding.MASKED, 0);

  public static final DeltaEncoding INT4 = new DeltaEncoding(Encoding.INT4, 0);

  private static final int DECIMALS = 2;
  private static final String COLON = ":";

  /** A decimal number of per cent, perhaps with too many digits. */
  private static final Pattern PER_CENT = Pattern.compile("\\d{1,4}(?:\\.\\d{1,6})?");

  public DeltaEncoding {
    boolean sparse = kind == Encoding.TOPK;
    if (share < (sparse ? 1 : 0) || share > (sparse ? MAX_SHARE : 0)) {
      throw new IllegalArgumentException(
          sparse
              ? "topk sends 0.01 to 20 per cent of the values; above that int4 takes fewer bytes"
              : kind.word() + " has no number of per cent, " + share + " was given");
    }
  }

  /**
   * Returns the encoding that sends the largest values only.
   *
   * @param share in ten thousandths: 100 is one per cent
   */
  public static DeltaEncoding topk(int share) {
    return new DeltaEncoding(Encoding.TOPK, share);
  }

  /** Returns the encodings that terms may name and that have no parameter. */
  public static List<DeltaEncoding> plain() {
    return Arrays.stream(Encoding.values())
        .filter(kind -> kind != Encoding.TOPK && kind != Encoding.MASKED)
        .map(kind -> new DeltaEncoding(kind, 0))
        .toList();
  }

  /** Returns the forms of codes, for messages and help. */
  public static List<String> forms() {
    List<String> forms = new ArrayList<>();
    plain().forEach(each -> forms.add(each.code()));
    forms.add(Encoding.TOPK.word() + COLON + "P");
    return forms;
  }

  /**
   * Returns the encoding's name in terms and in delta chunks: a word, and for {@code topk} the per
   * cent of the values that are sent, without superfluous zeros, such as {@code topk:0.5}.
   */
  public String code() {
    return kind == Encoding.TOPK ? kind.word() + COLON + perCent() : kind.word();
  }

  private String perCent() {
    return BigDecimal.valueOf(share, DECIMALS).stripTrailingZeros().toPlainString();
  }

  /**
   * Returns the encoding of a code; empty for a code that this version does not know, or one that
   * is not written as {@link #code} writes it.
   */
  public static Optional<DeltaEncoding> ofCode(String code) {
    try {
      return Optional.of(named(code));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the encoding of a code.
   *
   * @throws IllegalArgumentException if this version does not know the code, or if it is written in
   *     another way than {@link #code} writes it; the message names the known codes, or the right
   *     one
   */
  public static DeltaEncoding named(String code) {
    String[] parts = code.split(COLON, 2);
    Encoding kind = Encoding.ofWord(parts[0]).orElseThrow(() -> unknown(code));
    if (kind != Encoding.TOPK) {
      if (parts.length > 1) {
        throw unknown(code);
      }
      return new DeltaEncoding(kind, 0);
    }
    Matcher perCent = PER_CENT.matcher(parts.length > 1 ? parts[1] : "");
    if (!perCent.matches()) {
      throw new IllegalArgumentException(
          "encoding \"%s\" does not say how many per cent of the values are sent; write topk:1, for instance"
              .formatted(code));
    }
    BigDecimal share = new BigDecimal(perCent.group()).movePointRight(DECIMALS);
    if (share.stripTrailingZeros().scale() > 0
        || share.compareTo(BigDecimal.ONE) < 0
        || share.compareTo(BigDecimal.valueOf(MAX_SHARE)) > 0) {
      throw new IllegalArgumentException(
          "encoding \"%s\" has to send 0.01 to 20 per cent of the values, in steps of 0.01; above that int4 takes fewer bytes"
              .formatted(code));
    }
    DeltaEncoding named = topk(share.intValueExact());
    if (!named.code().equals(code)) {
      throw new IllegalArgumentException(
          "encoding \"%s\"; terms are compared letter by letter: write it as %s"
              .formatted(code, named.code()));
    }
    return named;
  }

  /**
   * Checks that terms can name it.
   *
   * @throws IllegalArgumentException for {@link #MASKED}
   */
  void requireTerm() {
    if (kind == Encoding.MASKED) {
      throw new IllegalArgumentException(
          "encoding masked follows from the privacy masked; name float32 as the encoding");
    }
  }

  private static IllegalArgumentException unknown(String code) {
    return new IllegalArgumentException(
        "encoding \""
            + code
            + "\" is not known here; known are "
            + forms()
            + ", where P is the per cent of the values that are sent, 0.01 to 20");
  }

  /** Whether decoding can return values that differ from the encoded ones. */
  public boolean isLossy() {
    return kind != Encoding.FLOAT32 && kind != Encoding.MASKED;
  }

  /** Whether a payload leaves most values out, so that they are merged as zero. */
  public boolean isSparse() {
    return kind == Encoding.TOPK;
  }

  /**
   * Returns how a round's payloads are encoded under this term. Round 0 merges whole models, of
   * which the largest values are no model: it sends all of them, unchanged, instead.
   */
  public DeltaEncoding in(long round) {
    return isSparse() && round == 0 ? FLOAT32 : this;
  }

  /** Returns the largest value that can be encoded; its negative is the smallest. */
  public float largest() {
    return kind.codec().largest();
  }

  /** Returns the length in bytes of a payload of this many values. */
  public int bytes(int values) {
    return codec().bytes(values);
  }

  /** Returns how many values a payload has; -1 if no number of values is encoded like this. */
  public int values(byte[] payload) {
    return codec().values(payload);
  }

  /**
   * Encodes values. Rounds each to the nearest encodable value, ties to even, with the same bits on
   * every machine.
   *
   * @param values finite, none beyond {@link #largest()}
   */
  public byte[] encode(float[] values) {
    byte[] payload = new byte[bytes(values.length)];
    codec().encode(values, payload);
    return payload;
  }

  /**
   * Decodes a payload.
   *
   * @param payload one that has no {@link #flaw}
   * @throws IllegalArgumentException if no number of values encodes to this many bytes
   */
  public float[] decode(byte[] payload) {
    if (values(payload) < 0) {
      throw new IllegalArgumentException(
          payload.length + " bytes are not a whole number of " + code() + " values");
    }
    return kind.decode(payload);
  }

  /**
   * Returns the flaw that makes, or might make, values of the payload non-finite, or that makes it
   * another one than {@link #encode} writes. Empty as well if the payload is one of no number of
   * values.
   */
  public Optional<PayloadFlaw> flaw(byte[] payload) {
    return values(payload) < 0 ? Optional.empty() : codec().flaw(payload);
  }

  private Codec codec() {
    return isSparse() ? new TopK(share) : kind.codec();
  }
}
