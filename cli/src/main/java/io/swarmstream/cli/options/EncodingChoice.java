package io.swarmstream.cli.options;

import io.swarmstream.schemas.Encoding;
import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option that selects how sites encode their deltas. */
public final class EncodingChoice {
  @Option(
      names = "--encoding",
      paramLabel = "ENCODING",
      converter = ByCode.class,
      completionCandidates = Codes.class,
      description =
          "How sites send the values of their deltas, one of ${COMPLETION-CANDIDATES}. Default: float32.")
  private Encoding encoding = Encoding.FLOAT32;

  /** The encoding, as the contract's terms hold it. */
  public Encoding encoding() {
    return encoding;
  }

  /** Lists the codes for the help. */
  static final class Codes implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Encoding.values()).map(Encoding::code).iterator();
    }
  }

  /** Converts an encoding's code, as used in the terms. */
  static final class ByCode implements ITypeConverter<Encoding> {
    @Override
    public Encoding convert(String code) {
      try {
        return Encoding.named(code);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
