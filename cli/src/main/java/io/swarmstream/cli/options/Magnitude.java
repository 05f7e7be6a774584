package io.swarmstream.cli.options;

import java.math.BigDecimal;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Parses and formats large numbers as people write them: {@code 10k}, {@code 11.7M}, {@code 1B}.
 */
public final class Magnitude implements ITypeConverter<Long> {
  @Override
  public Long convert(String text) {
    String number = text.strip().toUpperCase(Locale.ROOT);
    int zeros =
        switch (number.isEmpty() ? ' ' : number.charAt(number.length() - 1)) {
          case 'K' -> 3;
          case 'M' -> 6;
          case 'B', 'G' -> 9;
          default -> 0;
        };
    try {
      String digits = zeros == 0 ? number : number.substring(0, number.length() - 1);
      return new BigDecimal(digits).scaleByPowerOfTen(zeros).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new TypeConversionException(
          "'" + text + "' is not a whole number; write it out or as 10k, 11.7M, 1B");
    }
  }
}
