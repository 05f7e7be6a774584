package io.swarmstream.cli.options;

import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Converts a contract's term from the text that people write; the message says what is wrong with
 * it.
 */
abstract class TermConverter<T> implements ITypeConverter<T> {
  private final Function<String, T> parse;

  /**
   * A converter.
   *
   * @param parse throws IllegalArgumentException if the text is no such term
   */
  TermConverter(Function<String, T> parse) {
    this.parse = parse;
  }

  @Override
  public final T convert(String text) {
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
