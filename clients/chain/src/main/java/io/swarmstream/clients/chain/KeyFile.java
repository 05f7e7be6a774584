package io.swarmstream.clients.chain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.files.TextFile;
import io.swarmstream.schemas.signing.RandomHex;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.web3j.crypto.Wallet;
import org.web3j.crypto.WalletFile;
import org.web3j.crypto.exception.CipherException;
import org.web3j.utils.Numeric;

/**
 * A site's key in an encrypted file, in the form that Ethereum's own tools use (Web3 Secret Storage
 * version 3, scrypt).
 */
public final class KeyFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private static final int KEY_DIGITS = 64;
  private static final int PASSWORD_BYTES = 24;

  private KeyFile() {}

  /**
   * Decrypts a key.
   *
   * @throws IllegalArgumentException when the password is wrong, or the file is no key file
   */
  public static SiteKey read(Path file, String password) throws IOException {
    try {
      WalletFile wallet = JSON.readValue(TextFile.read(file), WalletFile.class);
      return SiteKey.ofHex(
          Numeric.toHexStringNoPrefixZeroPadded(
              Wallet.decrypt(password, wallet).getPrivateKey(), KEY_DIGITS));
    } catch (CipherException e) {
      throw new IllegalArgumentException(
          "the key in " + file + " cannot be decrypted: " + e.getMessage() + "; check the password",
          e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          file + " is no key file: " + e.getOriginalMessage() + "; name another file", e);
    }
  }

  /**
   * Reads a key whose password lies beside it; makes both where they are missing. The password
   * guards the key where only one of the files gets into other hands.
   *
   * @throws IllegalArgumentException when the password does not fit
   */
  public static SiteKey readOrCreate(Path file, Path passwordFile) throws IOException {
    if (!Files.exists(file) && !Files.exists(passwordFile)) {
      PrivateFiles.create(
          passwordFile, RandomHex.ofBytes(PASSWORD_BYTES).getBytes(StandardCharsets.US_ASCII));
    }
    String password = TextFile.firstLine(passwordFile);
    if (Files.exists(file)) {
      return read(file, password);
    }
    SiteKey made = SiteKey.random();
    // Light, since the password is random.
    write(file, made, password, true);
    return made;
  }

  /**
   * Encrypts a key into a new file that only this user can read.
   *
   * @param light true for development, where passwords are fast to verify; false for scrypt with
   *     the strength of Ethereum's own tools, which takes a second and 256 MB
   * @throws java.nio.file.FileAlreadyExistsException when the file exists: a key is never replaced
   */
  public static void write(Path file, SiteKey key, String password, boolean light)
      throws IOException {
    WalletFile wallet;
    try {
      var pair = key.credentials().getEcKeyPair();
      wallet = light ? Wallet.createLight(password, pair) : Wallet.createStandard(password, pair);
    } catch (CipherException e) {
      throw new IllegalStateException("this JVM cannot encrypt a key", e);
    }
    PrivateFiles.create(file, JSON.writeValueAsBytes(wallet));
  }
}
