package io.swarmstream.local.processes;

import io.swarmstream.identity.Identity;
import io.swarmstream.identity.IdentityFolder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Who the processes of a secured cluster are: folders with a key and its certificate. */
final class ClusterIdentities {
  private static final String BROKER = "broker";
  private static final String JOB = "job";

  private final Path folder;
  private final Secured secured;

  ClusterIdentities(Path folder, Secured secured) {
    this.folder = folder.resolve("identities");
    this.secured = secured;
  }

  Path broker() {
    return folder.resolve(BROKER);
  }

  Path job() {
    return folder.resolve(JOB);
  }

  /** Whether each process has one. */
  boolean areComplete() {
    return IdentityFolder.at(broker()).exists() && IdentityFolder.at(job()).exists();
  }

  /**
   * Issues those that are missing, and renews those that are in the last third of their life. The
   * organisation's own ones stay: it renews them by replacing the files.
   */
  void ensure(SecuredParts parts) throws Exception {
    for (String name : List.of(BROKER, JOB)) {
      IdentityFolder own = IdentityFolder.at(folder.resolve(name));
      if (!own.exists()) {
        own.write(parts.issue(name + "." + secured.organisation(), secured.names()));
      } else if (own.read().renewAt().isBefore(Instant.now()) && parts.isIssuerOf(own.read())) {
        own.write(parts.renew(own.read(), secured.names()));
      }
    }
    followAuthorities(parts.administrator());
    parts.follow(List.of(broker(), job()));
  }

  /** Renews all certificates at once. Processes continue, and take them for new connections. */
  void renew(SecuredParts parts) throws Exception {
    for (String name : List.of(BROKER, JOB)) {
      IdentityFolder own = IdentityFolder.at(folder.resolve(name));
      if (!parts.isIssuerOf(own.read())) {
        throw new IllegalStateException(
            "the certificate in "
                + own
                + " is the organisation's own; have it issue another one, and replace the files there");
      }
      own.write(parts.renew(own.read(), secured.names()));
    }
  }

  /** Trusts whom the network node trusts: the authorities of all organisations. */
  private void followAuthorities(Path administrator) throws Exception {
    Identity trusting = IdentityFolder.at(administrator).read();
    for (String name : List.of(BROKER, JOB)) {
      IdentityFolder own = IdentityFolder.at(folder.resolve(name));
      if (!own.read().authorities().equals(trusting.authorities())) {
        own.writeAuthorities(trusting.authorities());
      }
    }
  }

  /** The principal in Kafka of whoever has the identity of a folder. */
  static String principal(Path identity) {
    return "User:" + IdentityFolder.at(identity).read().principal();
  }
}
