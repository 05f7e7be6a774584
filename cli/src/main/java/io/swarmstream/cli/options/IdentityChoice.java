package io.swarmstream.cli.options;

import io.swarmstream.identity.IdentityException;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.identity.OwnCertificates;
import io.swarmstream.identity.spiffe.BroughtIdentity;
import io.swarmstream.identity.spiffe.BroughtIdentity.Following;
import io.swarmstream.identity.spiffe.WorkloadSocket;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that bring an identity instead of having the swarm issue one: the organisation's own
 * files, or a SPIFFE Workload API. Variables of HPE Swarm Learning stand for options that are not
 * given; without either, what the folder remembers counts.
 */
public final class IdentityChoice {
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

  /** Whether an identity is brought, by options or variables. */
  public boolean isGiven() {
    return given().isPresent();
  }

  /** Whether an option brings one. */
  public boolean isOption() {
    return spiffe != null || !files().isEmpty();
  }

  /**
   * Fills a folder with the identity that is brought now or was before, and keeps it up to date
   * until closed. Does nothing when none is brought.
   *
   * @throws IllegalArgumentException when an option is missing or its file cannot be used
   */
  public Following fill(IdentityFolder folder) throws IOException, InterruptedException {
    return fill(folder, files -> {});
  }

  /**
   * As {@link #fill}, for a member that is known by its key.
   *
   * @throws IllegalArgumentException also when the files have another key
   */
  public Following fillMember(IdentityFolder folder) throws IOException, InterruptedException {
    return fill(folder, files -> files.requireKeyOf(folder));
  }

  private Following fill(IdentityFolder folder, Consumer<OwnCertificates> check)
      throws IOException, InterruptedException {
    try {
      Optional<BroughtIdentity> given = given();
      Optional<BroughtIdentity> brought =
          given.isPresent() ? given : BroughtIdentity.rememberedIn(folder);
      if (brought.isEmpty()) {
        return Following.NOTHING;
      }
      brought.flatMap(found -> Optional.ofNullable(found.files())).ifPresent(check);
      Following following = brought.get().follow(folder);
      brought.get().rememberIn(folder);
      return following;
    } catch (IdentityException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Own files that options or variables name. */
  public Optional<OwnCertificates> own() {
    return given().flatMap(brought -> Optional.ofNullable(brought.files()));
  }

  /**
   * What options or, without any, variables bring.
   *
   * @throws IllegalArgumentException when an option or a variable is missing
   */
  public Optional<BroughtIdentity> given() {
    try {
      if (!files().isEmpty()) {
        return Optional.of(BroughtIdentity.of(requiredFiles()));
      }
      return spiffe == null
          ? BroughtIdentity.fromEnvironment(System.getenv())
          : Optional.of(BroughtIdentity.of(WorkloadSocket.of(spiffe)));
    } catch (IdentityException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private OwnCertificates requiredFiles() {
    if (certificate == null || key == null || (authorityFile == null && authorityFolder == null)) {
      throw new IllegalArgumentException(
          "own certificates need --cert, --key and one of --cacert and --capath; given are "
              + files());
    }
    return new OwnCertificates(key, certificate, authorityFile, authorityFolder, keyPassword);
  }

  private List<String> files() {
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
}
