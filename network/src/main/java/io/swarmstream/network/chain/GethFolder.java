package io.swarmstream.network.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swarmstream.clients.chain.KeyFile;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.signing.RandomHex;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.web3j.crypto.Credentials;

/**
 * What a geth keeps on disk: its chain, the key of its place in the peer-to-peer network, and the
 * account that seals blocks, which has no other rights. Only this user can access it.
 */
public final class GethFolder {
  private static final int PASSWORD_BYTES = 32;
  private static final int NODE_KEY_BYTES = 32;

  private final Path folder;
  private final String sealer;
  private final Credentials nodeKey;

  private GethFolder(Path folder, String sealer, Credentials nodeKey) {
    this.folder = folder;
    this.sealer = sealer;
    this.nodeKey = nodeKey;
  }

  /**
   * Opens the folder. Creates it and its keys when they are missing.
   *
   * @throws IllegalStateException when a key is there without its password
   */
  public static GethFolder open(Path folder) throws IOException {
    Path place = PrivateFiles.closedFolder(folder.toAbsolutePath());
    Path keystore = PrivateFiles.closedFolder(place.resolve("keystore"));
    Path password = createOnce(place.resolve("sealer.password"), PASSWORD_BYTES);
    Path account = keystore.resolve("sealer.json");
    if (!Files.exists(account)) {
      // Light, since the password is random and lies beside it.
      KeyFile.write(account, SiteKey.random(), firstLine(password), true);
    }
    Path nodeKey = createOnce(place.resolve("nodekey"), NODE_KEY_BYTES);
    try {
      return new GethFolder(
          place,
          KeyFile.read(account, firstLine(password)).address(),
          Credentials.create(firstLine(nodeKey)));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "the sealer's account in " + place + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static Path createOnce(Path file, int bytes) throws IOException {
    if (!Files.exists(file)) {
      PrivateFiles.create(file, RandomHex.ofBytes(bytes).getBytes(UTF_8));
    }
    return file;
  }

  private static String firstLine(Path file) throws IOException {
    return Files.readString(file).strip();
  }

  public Path path() {
    return folder;
  }

  /** Account that seals this node's blocks: 0x and 40 lower-case hex digits. */
  public String sealer() {
    return sealer;
  }

  /** Where other nodes find this one. */
  public Enode enode(String host, int port) {
    return Enode.of(nodeKey.getEcKeyPair(), host, port);
  }

  /** How the chain in this folder begins; empty before {@link #begin}. */
  public Optional<GenesisFile> genesis() throws IOException {
    return Files.exists(genesisFile())
        ? Optional.of(GenesisFile.parse(Files.readString(genesisFile())))
        : Optional.empty();
  }

  /**
   * Begins the chain. Does nothing when this chain has begun here before.
   *
   * @param geth the program
   * @throws IllegalStateException when the folder holds another chain; the message has both hashes
   */
  public void begin(Path geth, GenesisFile genesis) throws IOException {
    Optional<GenesisFile> present = genesis();
    if (present.isPresent()) {
      if (!present.get().hash().equals(genesis.hash())) {
        throw new IllegalStateException(
            folder
                + " holds the chain "
                + present.get().hash()
                + ", and the chain to join is "
                + genesis.hash()
                + "; join it with another --folder");
      }
      return;
    }
    Path next = folder.resolve("genesis.new");
    PrivateFiles.write(next, genesis.json());
    GethCommand.run(geth, folder, "init", "--datadir", folder.toString(), next.toString());
    PrivateFiles.rename(next, genesisFile());
  }

  Path password() {
    return folder.resolve("sealer.password");
  }

  Path nodeKeyFile() {
    return folder.resolve("nodekey");
  }

  private Path genesisFile() {
    return folder.resolve("genesis.json");
  }
}
