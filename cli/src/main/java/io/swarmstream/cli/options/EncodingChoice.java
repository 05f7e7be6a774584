package io.swarmstream.cli.options;

import io.swarmstream.schemas.DeltaEncoding;
import java.util.Iterator;
import picocli.CommandLine.Option;

/** The option that selects how sites encode their deltas. */
public final class EncodingChoice {
  @Option(
      names = "--encoding",
      paramLabel = "ENCODING",
      converter = ByCode.class,
      completionCandidates = Codes.class,
      description =
          "How sites send the values of their deltas, one of ${COMPLETION-CANDIDATES}. "
              + "topk:P sends the P per cent that are largest, 0.01 to 20. Default: float32.")
  private DeltaEncoding encoding = DeltaEncoding.FLOAT32;

  /** The encoding, as the contract's terms hold it. */
  public DeltaEncoding encoding() {
    return encoding;
  }

  /** Lists the codes for the help. */
  static final class Codes implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return DeltaEncoding.forms().iterator();
    }
  }

  /** Converts an encoding's code, as used in the terms. */
  static final class ByCode extends TermConverter<DeltaEncoding> {
    ByCode() {
      super(DeltaEncoding::named);
    }
  }
}
