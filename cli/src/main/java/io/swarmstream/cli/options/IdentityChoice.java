package io.swarmstream.cli.options;

import io.swarmstream.identity.IdentityException;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.identity.OwnCertificates;
import io.swarmstream.identity.spiffe.SpiffeIdentity;
import io.swarmstream.identity.spiffe.WorkloadSocket;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that bring an identity instead of having the swarm issue one: the organisation's own
 * files, or a SPIFFE Workload API. Variables of HPE Swarm Learning stand for options that are not
 * given.
 */
public final class IdentityChoice {
  private static final Duration FIRST_SVID = Duration.ofSeconds(30);

  @Option(
      names = "--cert",
      paramLabel = "FILE",
      description =
          "Own certificate, then intermediate ones, PEM. Default: $SWARM_ID_CERT; without one, the swarm issues it.")
  private @Nullable Path certificate;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The private key of --cert, PEM. Default: $SWARM_ID_KEY.")
  private @Nullable Path key;

  @Option(
      names = "--key-password-file",
      paramLabel = "FILE",
      description = "A file whose first line decrypts --key. Default: $SWARM_ID_KEY_PASSWORD_FILE.")
  private @Nullable Path keyPassword;

  @Option(
      names = "--cacert",
      paramLabel = "FILE",
      description = "Authorities that issued --cert, PEM. Default: $SWARM_ID_CACERT.")
  private @Nullable Path authorityFile;

  @Option(
      names = "--capath",
      paramLabel = "FOLDER",
      description = "A folder of such authorities. Default: $SWARM_ID_CAPATH.")
  private @Nullable Path authorityFolder;

  @Option(
      names = "--spiffe",
      paramLabel = "SOCKET",
      description =
          "Address of a SPIFFE Workload API, such as unix:/run/spire/agent.sock, which issues the certificate. Default:"
              + " $SWARM_SPIFFE_WORKLOAD_API_SOCKET_PATH.")
  private @Nullable String spiffe;

  /** Keeps a folder up to date with where the identity comes from. */
  public interface Source extends AutoCloseable {
    @Override
    void close();
  }

  /** Whether an identity is brought. */
  public boolean isGiven() {
    return own().isPresent() || socket().isPresent();
  }

  /**
   * Fills a folder with the identity that is brought, and keeps it up to date until closed. Does
   * nothing when none is brought.
   *
   * @throws IllegalArgumentException when an option is missing or its file cannot be used
   */
  public Source fill(IdentityFolder folder) throws IOException, InterruptedException {
    try {
      Optional<OwnCertificates> files = own();
      if (files.isPresent()) {
        return files.get().follow(folder, () -> trusted(folder))::close;
      }
      Optional<WorkloadSocket> socket = socket();
      if (socket.isPresent()) {
        return SpiffeIdentity.follow(socket.get(), folder, () -> trusted(folder), FIRST_SVID)
            ::close;
      }
      return () -> {};
    } catch (IdentityException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Those that the folder trusts already, such as the swarm's. */
  private static List<X509Certificate> trusted(IdentityFolder folder) {
    try {
      return folder.exists() ? folder.read().authorities() : List.of();
    } catch (IdentityException e) {
      return List.of(); // broken, and about to be replaced
    }
  }

  /** Own files that options or variables name. */
  public Optional<OwnCertificates> own() {
    if (certificate == null && key == null && authorityFile == null && authorityFolder == null) {
      try {
        return spiffe == null ? OwnCertificates.fromEnvironment(System.getenv()) : Optional.empty();
      } catch (IdentityException e) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
    }
    if (certificate == null || key == null || (authorityFile == null && authorityFolder == null)) {
      throw new IllegalArgumentException(
          "own certificates need --cert, --key and one of --cacert and --capath; given are "
              + given());
    }
    return Optional.of(
        new OwnCertificates(key, certificate, authorityFile, authorityFolder, keyPassword));
  }

  private List<String> given() {
    return List.of(
            Map.entry("--cert", Optional.ofNullable(certificate)),
            Map.entry("--key", Optional.ofNullable(key)),
            Map.entry("--cacert", Optional.ofNullable(authorityFile)),
            Map.entry("--capath", Optional.ofNullable(authorityFolder)))
        .stream()
        .filter(option -> option.getValue().isPresent())
        .map(Map.Entry::getKey)
        .toList();
  }

  private Optional<WorkloadSocket> socket() {
    return spiffe == null
        ? WorkloadSocket.fromEnvironment(System.getenv())
        : Optional.of(WorkloadSocket.of(spiffe));
  }
}
