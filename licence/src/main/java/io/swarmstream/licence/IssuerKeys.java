package io.swarmstream.licence;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.files.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys of an issuer of entitlements, as PEM files: Ed25519 or EC P-256. */
public final class IssuerKeys {
  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private IssuerKeys() {}

  /**
   * Makes a key.
   *
   * @param file for the private key, readable by its owner only; the public key goes beside it
   * @return the file of the public key
   * @throws java.nio.file.FileAlreadyExistsException if the file exists
   */
  public static Path create(Path file) throws IOException {
    KeyPair pair;
    try {
      pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has Ed25519", e);
    }
    PrivateFiles.create(file, pem("PRIVATE KEY", pair.getPrivate()).getBytes(US_ASCII));
    String name = file.getFileName().toString().replaceFirst("\\.pem$", "") + ".pub.pem";
    return Files.writeString(file.resolveSibling(name), pem("PUBLIC KEY", pair.getPublic()));
  }

  /**
   * Reads a private key.
   *
   * @throws IllegalArgumentException when others can read the file, or it holds no such key
   */
  public static PrivateKey privateKey(Path file) throws IOException {
    if (Files.getFileStore(file).supportsFileAttributeView("posix")
        && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
      throw new IllegalArgumentException(
          file + " can be read by others, who could then issue licences; chmod 600 " + file);
    }
    byte[] der = der(file, "PRIVATE KEY");
    return read(file, factory -> factory.generatePrivate(new PKCS8EncodedKeySpec(der)));
  }

  /**
   * Reads a public key.
   *
   * @throws IllegalArgumentException when the file holds no such key
   */
  public static PublicKey publicKey(Path file) throws IOException {
    byte[] der = der(file, "PUBLIC KEY");
    return read(file, factory -> factory.generatePublic(new X509EncodedKeySpec(der)));
  }

  private interface Reading<K> {
    K by(KeyFactory factory) throws GeneralSecurityException;
  }

  private static <K extends Key> K read(Path file, Reading<K> reading) {
    for (String algorithm : new String[] {"Ed25519", "EC"}) {
      try {
        K key = reading.by(KeyFactory.getInstance(algorithm));
        if (!(key instanceof ECKey curve)
            || curve.getParams().getCurve().getField().getFieldSize() == 256) {
          return key;
        }
      } catch (GeneralSecurityException e) {
        // Of another kind, or none.
      }
    }
    throw new IllegalArgumentException(
        file + " holds no Ed25519 or EC P-256 key; 'swarm licence key FILE' makes one");
  }

  private static byte[] der(Path file, String kind) throws IOException {
    String begin = "-----BEGIN " + kind + "-----";
    Matcher found =
        Pattern.compile(begin + "([A-Za-z0-9+/=\\s]+)-----END " + kind + "-----")
            .matcher(TextFile.read(file));
    if (!found.find()) {
      throw new IllegalArgumentException(file + " holds no PEM text that begins with " + begin);
    }
    return Base64.getMimeDecoder().decode(found.group(1));
  }

  private static String pem(String kind, Key key) {
    return "-----BEGIN "
        + kind
        + "-----\n"
        + LINES.encodeToString(key.getEncoded())
        + "\n-----END "
        + kind
        + "-----\n";
  }
}
