package io.swarmstream.clients.chain;

import io.swarmstream.schemas.files.TextFile;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Where a job finds the key it signs transactions with. It travels with the job, the key had better
 * not: {@link #ofFile} reads it on the machine that signs.
 */
@FunctionalInterface
public interface SigningKey extends Serializable {
  SiteKey load();

  /** A file whose text is the private key in hex. */
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

  /** The key itself, in the job's graph for everybody to see: for development chains only. */
  static SigningKey ofDevelopmentKey(String privateKeyHex) {
    return () -> parse("the job", privateKeyHex);
  }

  private static SiteKey parse(String place, String text) {
    String key = text.strip();
    // Never the text itself: it may be all of a key but one digit.
    if (!key.matches("(0x)?[0-9a-fA-F]{64}")) {
      throw new IllegalArgumentException(
          "the signing key in " + place + " is not 64 hex digits, with or without 0x");
    }
    return SiteKey.ofHex(key);
  }
}
