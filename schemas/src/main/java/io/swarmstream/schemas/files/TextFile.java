package io.swarmstream.schemas.files;

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
 * Reads files that people write with any editor: UTF-8, with or without a byte order mark, or
 * UTF-16 with one, with the line ends of any system.
 */
public final class TextFile {
  private static final char MARK = '\uFEFF';

  private TextFile() {}

  /**
   * Reads the text and normalises its line ends to {@code \n}.
   *
   * @throws IllegalArgumentException if the file has another encoding; guessing it could change a
   *     password
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

  /** Returns the first line without its line end; empty if the file is empty. */
  public static String firstLine(Path file) throws IOException {
    return read(file).lines().findFirst().orElse("");
  }

  /**
   * Reads properties.
   *
   * @throws IllegalArgumentException if the file has another encoding or contains a malformed
   *     escape
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

  /**
   * Detects UTF-16, which some editors, and PowerShell's {@code >}, write with a mark in the first
   * two bytes.
   */
  private static Charset charset(byte[] bytes) {
    if (bytes.length >= 2 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE) {
      return StandardCharsets.UTF_16LE;
    }
    return bytes.length >= 2 && bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF
        ? StandardCharsets.UTF_16BE
        : StandardCharsets.UTF_8;
  }
}
