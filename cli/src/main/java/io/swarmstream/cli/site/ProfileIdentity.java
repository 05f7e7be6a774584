package io.swarmstream.cli.site;

import io.swarmstream.identity.OwnCertificates;
import io.swarmstream.identity.spiffe.BroughtIdentity;
import io.swarmstream.identity.spiffe.WorkloadSocket;
import io.swarmstream.tasks.definitions.IdentityAttribute;
import io.swarmstream.tasks.definitions.IdentityAttribute.Part;
import io.swarmstream.tasks.definitions.MountType;
import io.swarmstream.tasks.definitions.SiteProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The identities that a profile names for its sites. Each site is a member, and a key is one
 * member's; but profiles for HPE Swarm Learning name one certificate for all sites of a host. The
 * second site then has the key and the certificate that have its index in their names: beside
 * {@code sl-1-key.pem}, site 1 has {@code sl-1-1-key.pem}. {@code gen-cert} makes them.
 */
final class ProfileIdentity {
  private final Map<Path, Integer> taken = new HashMap<>();

  /**
   * The files, or the socket of a Workload API.
   *
   * @throws IllegalArgumentException when a part is missing, is in a volume, or is another site's
   */
  BroughtIdentity of(SiteProfile site) {
    Optional<Path> socket = part(site, Part.SPIFFE_SOCKETPATH);
    if (socket.isPresent()) {
      Integer other = taken.putIfAbsent(socket.get(), site.index());
      if (other != null) {
        throw shared(site, other, socket.get(), "");
      }
      return BroughtIdentity.of(WorkloadSocket.of("unix:" + socket.get()));
    }
    return BroughtIdentity.of(certificates(site));
  }

  /** The files. */
  OwnCertificates certificates(SiteProfile site) {
    Optional<Path> file = part(site, Part.CACERT);
    Optional<Path> folder = part(site, Part.CAPATH);
    if (file.isEmpty() && folder.isEmpty()) {
      throw missing(site, "CACERT or CAPATH");
    }
    Path key = part(site, Part.KEY).orElseThrow(() -> missing(site, "KEY"));
    Path certificate = part(site, Part.CERT).orElseThrow(() -> missing(site, "CERT"));
    Integer other = taken.putIfAbsent(key, site.index());
    if (other != null) {
      Path own = numbered(key, site.index());
      if (!Files.exists(own) || taken.putIfAbsent(own, site.index()) != null) {
        throw shared(site, other, key, ", or make " + own + " and its certificate");
      }
      key = own;
      certificate = numbered(certificate, site.index());
    }
    return new OwnCertificates(key, certificate, file.orElse(null), folder.orElse(null), null);
  }

  /** {@code sl-1-key.pem} becomes {@code sl-1-2-key.pem}. */
  private static Path numbered(Path file, int index) {
    String name = String.valueOf(file.getFileName());
    int at = Math.max(name.lastIndexOf("-key"), name.lastIndexOf("-cert"));
    int end = at >= 0 ? at : name.contains(".") ? name.lastIndexOf('.') : name.length();
    return file.resolveSibling(name.substring(0, end) + "-" + index + name.substring(end));
  }

  private static IllegalArgumentException shared(
      SiteProfile site, int other, Path identity, String more) {
    return new IllegalArgumentException(
        "the sites with idx "
            + other
            + " and "
            + site.index()
            + " have one identity, "
            + identity
            + "; each site is a member with a key of its own: name another certificate in the"
            + " profile"
            + more
            + ", or leave the identity out (identity : []) and join the site by an invitation");
  }

  private static Optional<Path> part(SiteProfile site, Part wanted) {
    return site.identity().stream()
        .filter(attribute -> attribute.part() == wanted)
        .findFirst()
        .map(attribute -> path(site, attribute));
  }

  private static Path path(SiteProfile site, IdentityAttribute attribute) {
    if (attribute.type() == MountType.VOLUME) {
      throw new IllegalArgumentException(
          "idx "
              + site.index()
              + ": "
              + attribute.part()
              + " is in volume "
              + attribute.source()
              + "; name a file of this machine, mType BIND");
    }
    Path source = Path.of(attribute.source());
    return attribute.subPath().isPresent() && Files.isDirectory(source)
        ? source.resolve(attribute.subPath().get())
        : source;
  }

  private static IllegalArgumentException missing(SiteProfile site, String what) {
    return new IllegalArgumentException(
        "idx " + site.index() + ": identity has no attribute " + what);
  }
}
