package io.swarmstream.cli.options;

import io.swarmstream.schemas.hashing.PayloadHash;
import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.Option;

/** The option that selects how payloads are hashed. */
public final class PayloadHashChoice {
  @Option(
      names = "--payload-hash",
      paramLabel = "HASH",
      converter = ByCode.class,
      completionCandidates = Codes.class,
      description =
          "How the payloads of deltas and models are hashed, one of ${COMPLETION-CANDIDATES}. blake3 is fast on "
              + "every processor, sha-256 only on those with instructions for it. Default: blake3.")
  private PayloadHash payloadHash = PayloadHash.BLAKE3;

  /** The payload hash, as the contract's terms hold it. */
  public PayloadHash payloadHash() {
    return payloadHash;
  }

  /** Lists the codes for the help. */
  static final class Codes implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(PayloadHash.values()).map(PayloadHash::code).iterator();
    }
  }

  /** Converts a payload hash's code, as used in the terms. */
  static final class ByCode extends TermConverter<PayloadHash> {
    ByCode() {
      super(PayloadHash::named);
    }
  }
}
