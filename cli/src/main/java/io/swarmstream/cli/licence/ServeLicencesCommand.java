package io.swarmstream.cli.licence;

import io.swarmstream.cli.options.SwarmFolders;
import io.swarmstream.identity.KeyHash;
import io.swarmstream.licence.LicenceOptions;
import io.swarmstream.licence.LicenceServer;
import io.swarmstream.schemas.files.FolderLock;
import io.swarmstream.schemas.files.TextFile;
import io.swarmstream.web.Place;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code swarm licence serve}. */
@Command(
    name = "serve",
    description = {
      "Starts a licence server: holds licences, gives leases to nodes with --licence, and takes "
          + "them back. Runs until Ctrl-C.",
      "",
      "With a partner there are two: the primary gives leases, the secondary does when the primary "
          + "does not answer.",
      ""
    },
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ServeLicencesCommand extends LicenceAction {
  @Option(
      names = "--identity",
      paramLabel = "FOLDER",
      required = true,
      description = "key.pem, cert.pem and ca.pem of the server. Its key is an administrator's.")
  private Path identity;

  @Option(
      names = "--issuer",
      paramLabel = "FILE",
      required = true,
      description = "Public key of an issuer whose licences count. May be given several times.")
  private List<Path> issuers = new ArrayList<>();

  @Option(
      names = "--install",
      paramLabel = "FILE",
      description = "Installs this licence at the start. May be given several times.")
  private List<Path> licences = new ArrayList<>();

  @Option(
      names = "--admin",
      paramLabel = "KEYHASH",
      description =
          "SHA-256 of the public key of who may install and revoke. May be given several times.")
  private Set<String> admins = new LinkedHashSet<>();

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Address to listen on. Default: ${DEFAULT-VALUE}.")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port to listen on; 0: any free one. Default: ${DEFAULT-VALUE}.")
  private int port = LicenceOptions.PORT;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description = "Keeps licences and leases here. Default: .swarm/licences.")
  private @Nullable Path folder;

  @Option(
      names = "--secondary",
      paramLabel = "URL",
      description = "The secondary server; this one is the primary.")
  private @Nullable URI secondary;

  @Option(
      names = "--primary",
      paramLabel = "URL",
      description = "The primary server; this one is its secondary.")
  private @Nullable URI primary;

  @Option(
      names = "--partner-key",
      paramLabel = "KEYHASH",
      description = "SHA-256 of the public key of the other server.")
  private @Nullable String partnerKey;

  @Override
  void act(PrintWriter out) throws IOException, InterruptedException {
    Path home = folder == null ? SwarmFolders.home().resolve("licences") : folder;
    try (FolderLock held =
            FolderLock.of(home, "a licence server is running in " + home + "; stop it first");
        LicenceServer server = LicenceServer.start(options(home))) {
      for (Path licence : licences) {
        var unused = server.install(TextFile.read(licence));
      }
      out.println("The licence server is at " + server.uri() + "; its page needs a certificate.");
      out.println(
          server.summary().isEmpty()
              ? "No licence is installed: 'swarm licence install'."
              : server.summary());
      out.println("Ctrl-C stops it; nodes keep their leases for five minutes.");
      out.flush();
      new CountDownLatch(1).await();
    }
  }

  private LicenceOptions options(Path home) throws IOException {
    admins.forEach(hash -> checked("--admin", hash));
    LicenceOptions options =
        LicenceOptions.of(
                new Place(host, port), identity, home, ShowLicenceCommand.publicKeys(issuers))
            .withAdmins(admins);
    if (primary != null && secondary != null) {
      throw new IllegalArgumentException(
          "--primary and --secondary are both given; this server is one of the two");
    }
    @Nullable URI other = primary == null ? secondary : primary;
    if (other == null) {
      return options;
    }
    if (partnerKey == null) {
      throw new IllegalArgumentException(
          "--partner-key is missing: the other server is known by its key; 'swarm licence serve'"
              + " trusts no other");
    }
    return options.withPartner(
        new LicenceOptions.Partner(other, checked("--partner-key", partnerKey), primary != null));
  }

  private static String checked(String option, String hash) {
    if (!KeyHash.isKeyHash(hash)) {
      throw new IllegalArgumentException(
          option
              + " is "
              + hash
              + "; it has to be 64 hex digits: openssl x509 -in cert.pem -pubkey -noout | openssl"
              + " pkey -pubin -outform der | sha256sum");
    }
    return hash;
  }
}
