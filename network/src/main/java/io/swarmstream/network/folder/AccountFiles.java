package io.swarmstream.network.folder;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.swarmstream.clients.chain.KeyFile;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.files.TextFile;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A member's Ethereum account: {@code account.json} and the password beside it. */
public final class AccountFiles {
  private static final int PASSWORD_BYTES = 24;

  private AccountFiles() {}

  /** Whether a folder has an account. */
  public static boolean areIn(Path folder) {
    return Files.exists(folder.resolve("account.json"));
  }

  /** Reads the account of a folder; creates it if there is none. */
  public static SiteKey in(Path folder) throws IOException {
    Path file = folder.resolve("account.json");
    Path password = folder.resolve("account.password");
    if (Files.exists(file)) {
      return KeyFile.read(file, TextFile.firstLine(password));
    }
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    String text = HexFormat.of().formatHex(random);
    if (!Files.exists(password)) {
      PrivateFiles.create(password, text.getBytes(US_ASCII));
    }
    SiteKey made = SiteKey.random();
    // Light, since the password is random and lies beside it.
    KeyFile.write(file, made, TextFile.firstLine(password), true);
    return made;
  }
}
