package io.swarmstream.tasks.process;

import io.swarmstream.schemas.hashing.Hash;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Names of files for names that may contain anything. */
final class FileNames {
  private static final int LONGEST = 60;
  private static final int HASH_DIGITS = 10;

  private FileNames() {}

  /** A name without slashes, different for different texts. */
  static String of(String text) {
    String plain = text.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^\\.+", "_");
    if (plain.equals(text) && text.length() <= LONGEST && !text.isEmpty()) {
      return plain;
    }
    String start = plain.substring(0, Math.min(plain.length(), LONGEST));
    return start + "-" + sha256(List.of(text)).substring(0, HASH_DIGITS);
  }

  /** Hash of lines, in hexadecimal digits. */
  static String sha256(List<String> lines) {
    return Hash.sha256(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)).hex();
  }
}
