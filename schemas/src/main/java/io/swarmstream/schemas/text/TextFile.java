package io.swarmstream.schemas.text;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * A file that a person has written, with whatever editor: UTF-8, or UTF-16 with its mark, with or
 * without a byte order mark, with line ends of any system.
 */
public final class TextFile {
  private static final char MARK = '\uFEFF';

  private TextFile() {}

  /**
   * Reads the text, its lines ended by {@code \n}.
   *
   * @throws IllegalArgumentException when it is in another encoding: a password with a letter that
   *     was guessed would be another password
   */
  public static String read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Charset charset = charset(bytes);
    try {
      String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return (text.indexOf(MARK) == 0 ? text.substring(1) : text).replaceAll("\\R", "\n");
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(file + " is no " + charset + " text; save it as UTF-8", e);
    }
  }

  /** Its first line, without the line's end; empty when it has none. */
  public static String firstLine(Path file) throws IOException {
    return read(file).lines().findFirst().orElse("");
  }

  /**
   * Reads properties.
   *
   * @throws IllegalArgumentException also when an escape in it is malformed
   */
  public static Properties properties(Path file) throws IOException {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(read(file)));
    } catch (IllegalArgumentException e) {
      throw e.getMessage() != null && e.getMessage().contains(file.toString())
          ? e
          : new IllegalArgumentException(
              file + " is no properties file (" + e.getMessage() + "); write a \\ as \\\\", e);
    }
    return properties;
  }

  /** Some editors, and PowerShell's {@code >}, write UTF-16 and say so in the first two bytes. */
  private static Charset charset(byte[] bytes) {
    if (bytes.length >= 2 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE) {
      return StandardCharsets.UTF_16LE;
    }
    return bytes.length >= 2 && bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF
        ? StandardCharsets.UTF_16BE
        : StandardCharsets.UTF_8;
  }
}
