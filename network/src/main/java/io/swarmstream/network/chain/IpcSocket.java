package io.swarmstream.network.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.hashing.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Where geth's socket is: in the node's own folder, or, since the path of a Unix socket is limited,
 * in a private folder with a short name.
 */
final class IpcSocket {
  /** Longest path on macOS, without the final zero; Linux allows 107. */
  static final int MOST_BYTES = 103;

  private static final int NAME_DIGITS = 16;

  private IpcSocket() {}

  /**
   * Returns the socket's path, and creates the folder that holds it.
   *
   * @param folder the node's own folder
   * @param runtime folder of this user for sockets; its short folders can be checked for their
   *     owner
   */
  static Path in(Path folder, Path runtime) throws IOException {
    Path own = folder.toAbsolutePath().resolve("geth.ipc");
    if (fits(own)) {
      return own;
    }
    String name =
        "swarmstream-"
            + Hash.sha256(own.toString().getBytes(UTF_8)).hex().substring(0, NAME_DIGITS);
    Path shortFolder = runtime.toAbsolutePath().resolve(name);
    Path socket = shortFolder.resolve("geth.ipc");
    if (!fits(socket)) {
      throw new IOException(
          "the path of geth's socket may have "
              + MOST_BYTES
              + " bytes, and "
              + socket
              + " is longer, like "
              + own
              + "; set XDG_RUNTIME_DIR or -Djava.io.tmpdir to a folder with a short path");
    }
    PrivateFiles.folder(shortFolder);
    if (!Files.isDirectory(shortFolder, LinkOption.NOFOLLOW_LINKS)
        || !Files.getOwner(shortFolder).equals(Files.getOwner(folder))) {
      throw new IOException(
          shortFolder
              + " belongs to somebody else; remove it, or set XDG_RUNTIME_DIR to a folder of yours");
    }
    PrivateFiles.closedFolder(shortFolder);
    return socket;
  }

  /** XDG_RUNTIME_DIR, or else the JVM's folder for temporary files. */
  static Path runtimeFolder() {
    String named = System.getenv("XDG_RUNTIME_DIR");
    Path folder = Path.of(named == null || named.isBlank() ? "/nonexistent" : named);
    return Files.isWritable(folder)
        ? folder
        : Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
  }

  private static boolean fits(Path path) {
    return path.toString().getBytes(UTF_8).length <= MOST_BYTES;
  }
}
