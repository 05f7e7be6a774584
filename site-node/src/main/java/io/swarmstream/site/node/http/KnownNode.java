package io.swarmstream.site.node.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.web.AccessToken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells trainers of the node's user which token the node at a port of this machine has, in a file
 * that only this user can read. The file exists while the node runs.
 */
public final class KnownNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KnownNode.class);
  private static final String SUFFIX = ".token";

  private final Path file;
  private final String hex;

  private KnownNode(Path file, String hex) {
    this.file = file;
    this.hex = hex;
  }

  /** Where trainers look: {@code .swarmstream/nodes} in the home folder. */
  public static Path folder() {
    String home =
        Optional.ofNullable(System.getenv("HOME"))
            .filter(said -> !said.isBlank())
            .orElse(System.getProperty("user.home"));
    return Path.of(home, ".swarmstream", "nodes");
  }

  /** Writes the file for a port; empty if that fails. */
  static Optional<KnownNode> at(Path folder, int port, AccessToken token) {
    Path file = folder.resolve(port + SUFFIX);
    try {
      PrivateFiles.folder(folder);
      dropThoseThatAreGone(folder);
      // A new file has this user and these permissions, whoever left the old one.
      Files.deleteIfExists(file);
      PrivateFiles.create(file, (token.hex() + "\n").getBytes(US_ASCII));
      return Optional.of(new KnownNode(file, token.hex()));
    } catch (IOException | UnsupportedOperationException e) {
      LOG.warn("Cannot write {}; set SWARM_TOKEN_FILE={} for trainers", file, token.file(), e);
      return Optional.empty();
    }
  }

  /** Deletes files of killed nodes: another program on such a port must not be shown the token. */
  private static void dropThoseThatAreGone(Path folder) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        String port = name.substring(0, name.length() - SUFFIX.length());
        if (port.matches("\\d{1,5}") && !listens(Integer.parseInt(port))) {
          Files.deleteIfExists(entry);
        }
      }
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  /** Deletes the file, unless it is of another node that has the port now. */
  @Override
  public void close() {
    try {
      if (Files.exists(file) && Files.readString(file, US_ASCII).strip().equals(hex)) {
        Files.delete(file);
      }
    } catch (IOException e) {
      LOG.warn("Cannot delete {}", file, e);
    }
  }
}
