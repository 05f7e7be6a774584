package io.swarmstream.site.node.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.site.node.SpecialFile;
import io.swarmstream.site.node.TrainerAccess;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;

/**
 * A Unix domain socket for trainers. Who may open it may train in the site's name, without a token:
 * the file's permissions say who that is. Web pages cannot reach it.
 */
final class TrainerSocket {
  /** What the operating systems leave of a path. */
  private static final int LONGEST = 103;

  private final Path file;

  /**
   * Takes a place for a socket.
   *
   * @throws IllegalArgumentException when the path is too long
   */
  TrainerSocket(Path place) {
    this.file = place.toAbsolutePath().normalize();
    if (file.toString().getBytes(UTF_8).length > LONGEST) {
      throw new IllegalArgumentException(
          "--socket is "
              + file
              + "; the operating system allows "
              + LONGEST
              + " bytes for a socket's path: choose a shorter one");
    }
  }

  /** Whether a request has come through a socket. */
  static boolean has(Request request) {
    return request.getConnectionMetaData().getConnector() instanceof UnixDomainServerConnector;
  }

  /** For trainers. */
  URI uri() {
    return URI.create("unix://" + file.toUri().getRawPath());
  }

  /**
   * Makes a connector; replaces the socket of a node that was killed.
   *
   * @throws IllegalArgumentException when something else is there
   */
  UnixDomainServerConnector connector(Server server, HttpConfiguration http) throws IOException {
    PrivateFiles.folder(Optional.ofNullable(file.getParent()).orElseThrow());
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      if (!SpecialFile.SOCKET.is(file)) {
        throw new IllegalArgumentException(
            "--socket is " + file + ", which is there already and is no socket; move it away");
      }
      if (isServed()) {
        throw new IllegalArgumentException(
            "--socket is " + file + ", which another program serves; stop it, or choose another");
      }
      Files.delete(file);
    }
    UnixDomainServerConnector connector =
        new UnixDomainServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setUnixDomainPath(file);
    return connector;
  }

  private boolean isServed() {
    try (SocketChannel tried = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return tried.connect(UnixDomainSocketAddress.of(file));
    } catch (IOException e) {
      return false;
    }
  }

  /** Lets trainers in, once the connector listens. */
  void grant() throws IOException {
    TrainerAccess.grantGroup(file);
    Files.setPosixFilePermissions(file, TrainerAccess.permissions(file));
  }
}
