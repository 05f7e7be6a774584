package io.swarmstream.local.processes;

import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.files.TextFile;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files in a local swarm's folder that say who creates contracts. They contain publicly known
 * keys of a development chain.
 *
 * @param owner key of the account that owns contracts
 * @param coordinator address of the account that anchors rounds
 */
public record OwnerFiles(SiteKey owner, String coordinator) {
  private static final String KEY = "owner.key";
  private static final String COORDINATOR = "coordinator.address";

  /** Whether the folder is one of a local swarm. */
  public static boolean areIn(Path folder) {
    return Files.isRegularFile(folder.resolve(KEY));
  }

  /** Reads them. */
  public static OwnerFiles in(Path folder) throws IOException {
    return new OwnerFiles(
        SiteKey.ofHex(TextFile.read(folder.resolve(KEY)).strip()),
        TextFile.read(folder.resolve(COORDINATOR)).strip());
  }

  /** Writes them; {@code ownerKey} is 64 hex digits. */
  public static void write(Path folder, String ownerKey, String coordinator) throws IOException {
    PrivateFiles.write(folder.resolve(KEY), ownerKey);
    PrivateFiles.write(folder.resolve(COORDINATOR), coordinator);
  }

  /** Deletes the files after the swarm has stopped. */
  public static void delete(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(KEY));
    Files.deleteIfExists(folder.resolve(COORDINATOR));
  }
}
