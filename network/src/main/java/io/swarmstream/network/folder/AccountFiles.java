package io.swarmstream.network.folder;

import io.swarmstream.clients.chain.KeyFile;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A member's Ethereum account: {@code account.json} and the password beside it. */
public final class AccountFiles {
  private AccountFiles() {}

  /** Whether a folder has an account. */
  public static boolean areIn(Path folder) {
    return Files.exists(file(folder));
  }

  /** Reads the account of a folder; creates it if there is none. */
  public static SiteKey in(Path folder) throws IOException {
    return KeyFile.readOrCreate(file(folder), folder.resolve("account.password"));
  }

  private static Path file(Path folder) {
    return folder.resolve("account.json");
  }
}
