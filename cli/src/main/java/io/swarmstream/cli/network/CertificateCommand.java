package io.swarmstream.cli.network;

import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.Identity;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.network.folder.NetworkFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code swarm network certificate}. */
@Command(
    name = "certificate",
    description = {
      "Shows the network node's certificate. With --renew, this organisation's authority issues another one for the same key; nothing has to be restarted."
    },
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CertificateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--renew", description = "Renews it now.")
  private boolean renew;

  @Mixin private NetworkPlace place;

  @Override
  public Integer call() throws Exception {
    NetworkFolder folder = place.existing();
    IdentityFolder identity = folder.identity();
    Identity own = identity.read();
    if (renew) {
      own = renewed(folder, own);
      identity.write(own);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("subject:      " + own.leaf().getSubjectX500Principal());
    out.println("issuer:       " + own.leaf().getIssuerX500Principal());
    out.println("key:          " + own.keyHash());
    out.println(
        "valid until:  "
            + own.expiresAt()
            + ", "
            + Duration.between(Instant.now(), own.expiresAt()).toDays()
            + " days");
    out.println("renew:        at the latest after " + own.renewAt());
    return 0;
  }

  private static Identity renewed(NetworkFolder folder, Identity own) throws IOException {
    Path authority = folder.authority();
    if (!CertificateAuthority.exists(authority)) {
      throw new IllegalStateException(
          "the certificate was issued by "
              + own.leaf().getIssuerX500Principal()
              + ", not by this node; have them issue another one, and replace the files of --cert and"
              + " --key: the node takes them over by itself");
    }
    Set<String> names =
        new LinkedHashSet<>(List.of(folder.requiredSettings().host(), "localhost", "127.0.0.1"));
    return CertificateAuthority.open(authority).renew(own, names);
  }
}
