package io.swarmstream.clients.chain;

import io.swarmstream.schemas.files.TextFile;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Says where a job finds the key that signs its transactions. This object travels with the job, but
 * the key should not: {@link #ofFile} reads it on the machine that signs.
 */
@FunctionalInterface
public interface SigningKey extends Serializable {
  SiteKey load();

  /** Reads the private key, in hex, from a text file. */
  static SigningKey ofFile(String path) {
    return () -> {
      try {
        return parse("file " + path, TextFile.read(Path.of(path)));
      } catch (IOException e) {
        throw new UncheckedIOException(
            "the signing key cannot be read from " + path + " on this machine", e);
      }
    };
  }

  /** Holds the key itself, visible to everybody in the job's graph: for development chains only. */
  static SigningKey ofDevelopmentKey(String privateKeyHex) {
    return () -> parse("the job", privateKeyHex);
  }

  private static SiteKey parse(String place, String text) {
    String key = text.strip();
    // Never includes the text itself: it may be a key with only one digit missing.
    if (!key.matches("(0x)?[0-9a-fA-F]{64}")) {
      throw new IllegalArgumentException(
          "the signing key in " + place + " is not 64 hex digits, with or without 0x");
    }
    return SiteKey.ofHex(key);
  }
}
