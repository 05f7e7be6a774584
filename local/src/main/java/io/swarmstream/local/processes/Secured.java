package io.swarmstream.local.processes;

import io.swarmstream.network.enrol.CertificatePolicy;
import io.swarmstream.schemas.MemberName;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.files.TextFile;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What makes a cluster a secured one: every connection is authenticated on both ends. The cluster's
 * folder remembers it, so that all later commands find it there.
 *
 * @param organisation who runs the cluster
 * @param host where Kafka and the network node listen for other organisations; all else stays on
 *     loopback
 * @param admits roles with which the network node admits newcomers by certificate, such as {@code
 *     site,agent}; empty: members come by invitation alone
 */
public record Secured(String organisation, String host, String admits) {
  public static final String ANY_ORGANISATION = "swarm";
  public static final String ANY_HOST = "127.0.0.1";
  static final String LOOPBACK = "localhost";
  private static final String FILE = "secured.properties";

  /** As HPE's nodes may weigh. */
  private static final int MOST_WEIGHT = 100;

  public Secured {
    organisation = MemberName.check("--organisation", organisation);
    if (!admits.isEmpty()) {
      var unused = CertificatePolicy.of(admits, MOST_WEIGHT);
    }
    if (!host.matches("[A-Za-z0-9.:-]+")) {
      throw new IllegalArgumentException(
          "--host must be a host name or IP address of this machine, got \"" + host + "\"");
    }
  }

  /** A cluster whose members come by invitation alone. */
  public Secured(String organisation, String host) {
    this(organisation, host, "");
  }

  /** Whether both are the same cluster; what a network node admits may change. */
  boolean isSameAs(Secured other) {
    return organisation.equals(other.organisation) && host.equals(other.host);
  }

  CertificatePolicy policy() {
    return admits.isEmpty() ? CertificatePolicy.NONE : CertificatePolicy.of(admits, MOST_WEIGHT);
  }

  /** What a cluster's folder remembers; empty: the cluster is not secured. */
  static Optional<Secured> in(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties known = TextFile.properties(file);
    return Optional.of(
        new Secured(
            known.getProperty("organisation", ANY_ORGANISATION),
            known.getProperty("host", ANY_HOST),
            known.getProperty("admit-certificates", "")));
  }

  void writeTo(Path folder) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("organisation", organisation);
    properties.setProperty("host", host);
    properties.setProperty("admit-certificates", admits);
    StringWriter text = new StringWriter();
    properties.store(text, "This cluster speaks TLS only");
    PrivateFiles.write(folder.resolve(FILE), text.toString());
  }

  /** The names under which servers of this machine are reached. */
  List<String> names() {
    LinkedHashSet<String> names = new LinkedHashSet<>(List.of(LOOPBACK, "127.0.0.1", "::1"));
    names.add(host);
    return List.copyOf(names);
  }

  /** The host as part of an address. */
  String inUrl() {
    return host.contains(":") ? "[" + host + "]" : host;
  }
}
