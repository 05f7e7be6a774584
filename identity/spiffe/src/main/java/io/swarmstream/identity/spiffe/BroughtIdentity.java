package io.swarmstream.identity.spiffe;

import io.swarmstream.identity.Identity;
import io.swarmstream.identity.IdentityException;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.identity.OwnCertificates;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.files.TextFile;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where an organisation's own identity comes from, if the swarm does not issue it: files, or a
 * Workload API. Its folder remembers it, so that later starts need no option.
 *
 * @param files null: not from files
 * @param socket null: not from a Workload API
 */
public record BroughtIdentity(@Nullable OwnCertificates files, @Nullable WorkloadSocket socket) {
  private static final Duration FIRST_SVID = Duration.ofSeconds(30);
  private static final String SOURCE = "source.properties";
  private static final String SOCKET = "SWARM_SPIFFE_WORKLOAD_API_SOCKET_PATH";

  /** Keeps a folder up to date until closed. */
  public interface Following extends AutoCloseable {
    /** Nothing has to be kept up to date. */
    Following NOTHING = () -> {};

    @Override
    void close();
  }

  /** One of own files. */
  public static BroughtIdentity of(OwnCertificates files) {
    return new BroughtIdentity(files, null);
  }

  /** One of a Workload API. */
  public static BroughtIdentity of(WorkloadSocket socket) {
    return new BroughtIdentity(null, socket);
  }

  /**
   * Returns what variables name: files first.
   *
   * @throws IdentityException if some of the variables for files are set and others are missing
   */
  public static Optional<BroughtIdentity> fromEnvironment(Map<String, String> environment) {
    Optional<OwnCertificates> files = OwnCertificates.fromEnvironment(environment);
    return files.isPresent()
        ? files.map(BroughtIdentity::of)
        : WorkloadSocket.fromEnvironment(environment).map(BroughtIdentity::of);
  }

  /** What filled a folder before; empty: nothing is known, or the swarm issued it. */
  public static Optional<BroughtIdentity> rememberedIn(IdentityFolder folder) throws IOException {
    Path file = folder.path().resolve(SOURCE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties known = TextFile.properties(file);
    return fromEnvironment(
        known.stringPropertyNames().stream()
            .collect(Collectors.toMap(name -> name, known::getProperty)));
  }

  /**
   * Checks what can be checked at once.
   *
   * @throws IdentityException if a file cannot be used
   */
  public void check() {
    if (files != null) {
      var unused = files.read();
    }
  }

  /**
   * The authorities of partners that the remembered files name: all but the one at which the
   * organisation's own certificate ends; none where there are no files.
   */
  public static List<X509Certificate> partnersRememberedIn(IdentityFolder folder)
      throws IOException {
    Optional<Identity> own =
        rememberedIn(folder).map(BroughtIdentity::files).map(OwnCertificates::read);
    if (own.isEmpty()) {
      return List.of();
    }
    Optional<X509Certificate> issuer = own.get().issuer();
    return own.get().authorities().stream()
        .filter(authority -> !issuer.equals(Optional.of(authority)))
        .toList();
  }

  /** Has the folder remember it. */
  public void rememberIn(IdentityFolder folder) throws IOException {
    Properties known = new Properties();
    if (files != null) {
      files.variables().forEach(known::setProperty);
    }
    if (socket != null) {
      known.setProperty(SOCKET, socket.address());
    }
    StringWriter text = new StringWriter();
    known.store(text, "Where this identity comes from");
    PrivateFiles.folder(folder.path());
    PrivateFiles.write(folder.path().resolve(SOURCE), text.toString());
  }

  /**
   * Fills a folder, and keeps it up to date until closed. The folder's other authorities, such as
   * the swarm's, stay.
   *
   * @throws IdentityException if files cannot be used, or no SVID comes
   */
  public Following follow(IdentityFolder folder) throws IOException, InterruptedException {
    if (files != null) {
      return files.follow(folder, () -> trusted(folder))::close;
    }
    if (socket != null) {
      return SpiffeIdentity.follow(socket, folder, () -> trusted(folder), FIRST_SVID)::close;
    }
    return Following.NOTHING;
  }

  private static List<X509Certificate> trusted(IdentityFolder folder) {
    try {
      return folder.exists() ? folder.read().authorities() : List.of();
    } catch (IdentityException e) {
      return List.of(); // broken, and about to be replaced
    }
  }
}
