package io.swarmstream.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.files.TextFile;
import io.swarmstream.schemas.signing.RandomHex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a program of this machine's user shows to a server of that user, such as a trainer to its
 * site's node: 32 random bytes in hex, in a file that only the user can read. Made at the server's
 * first start and kept, so that programs elsewhere need it only once.
 */
public final class AccessToken {
  /** The file's name in the server's folder. */
  public static final String FILE = "token";

  private static final int BYTES = 32;
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  private final Path file;
  private final String hex;

  private AccessToken(Path file, String hex) {
    this.file = file;
    this.hex = hex;
  }

  /**
   * Reads the token in a server's folder, or makes one.
   *
   * @throws IllegalArgumentException when the file does not hold a token
   */
  public static AccessToken in(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(FILE).toAbsolutePath();
    if (!Files.exists(file)) {
      PrivateFiles.create(file, (RandomHex.ofBytes(BYTES) + "\n").getBytes(US_ASCII));
    } else {
      PrivateFiles.closeFile(file);
    }
    String hex = TextFile.read(file).strip();
    if (!HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException(
          file
              + " does not hold a token of 64 hex digits; delete it, and the next start makes one");
    }
    return new AccessToken(file, hex);
  }

  /** Where it is. */
  public Path file() {
    return file;
  }

  /** 64 hex digits. */
  public String hex() {
    return hex;
  }

  /** Whether this is the token; takes the same time wherever the two differ. */
  public boolean is(String shown) {
    return MessageDigest.isEqual(hex.getBytes(UTF_8), shown.getBytes(UTF_8));
  }

  /** A value for one purpose that does not give the token away; 64 hex digits. */
  public String derive(String purpose) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(hex.getBytes(US_ASCII), mac.getAlgorithm()));
      return HexFormat.of().formatHex(mac.doFinal(purpose.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has HmacSHA256", e);
    }
  }

  /** Does not contain the token, which must not get into a log. */
  @Override
  public String toString() {
    return "token in " + file;
  }
}
