package io.swarmstream.lab.network;

import static org.awaitility.Awaitility.await;

import io.swarmstream.identity.Authorities;
import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.Identity;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.identity.OwnCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Files of authorities, one for each organisation, none of which the swarm has made. Node a names
 * its files by options, a's sites by options with a folder of authorities, the first of which has
 * issued nothing, and b by variables with such a folder. Organisation x is no part of the swarm.
 */
final class FileIdentities implements MemberIdentities {
  private static final Duration TAKEN_OVER = Duration.ofSeconds(60);
  private static final List<String> LOCAL = List.of("localhost", "127.0.0.1");

  private final Path folder;
  private final Map<String, CertificateAuthority> authorities = new TreeMap<>();
  private final Map<String, Identity> issued = new TreeMap<>();

  FileIdentities(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    CertificateAuthority stranger =
        CertificateAuthority.create(folder.resolve("stranger"), "Somebody");
    for (String organisation : List.of("a", "b", "x")) {
      CertificateAuthority authority =
          CertificateAuthority.create(folder.resolve(organisation), "Hospital " + organisation);
      authorities.put(organisation, authority);
      write(folder.resolve(organisation + ".pem"), authority);
      Path several = Files.createDirectories(folder.resolve(organisation + "-authorities"));
      write(several.resolve("0-stranger.pem"), stranger);
      write(several.resolve("1-own.pem"), authority);
    }
  }

  private static void write(Path file, CertificateAuthority authority) throws IOException {
    Files.writeString(file, Authorities.pem(List.of(authority.certificate())));
  }

  @Override
  public Given node(String organisation, String host) throws IOException {
    List<String> names = new ArrayList<>(LOCAL);
    names.add(host);
    return given(organisation, "node-" + organisation, names);
  }

  @Override
  public Given site(String organisation, String site) throws IOException {
    return given(organisation, site, LOCAL);
  }

  private synchronized Given given(String organisation, String name, List<String> hosts)
      throws IOException {
    write(name, authority(organisation).issueFor(name, hosts));
    if (organisation.equals("b")) {
      return new Given(
          List.of(),
          Map.of(
              OwnCertificates.KEY, file(name, "key"),
              OwnCertificates.CERTIFICATE, file(name, "crt"),
              OwnCertificates.AUTHORITY_FOLDER, folder.resolve("b-authorities").toString()));
    }
    return new Given(options(organisation, name), Map.of());
  }

  private List<String> options(String organisation, String name) {
    List<String> options =
        new ArrayList<>(List.of("--cert", file(name, "crt"), "--key", file(name, "key")));
    options.addAll(
        organisation.equals("a") && !name.startsWith("node-")
            ? List.of("--capath", folder.resolve("a-authorities").toString())
            : List.of("--cacert", folder.resolve(organisation + ".pem").toString()));
    return options;
  }

  private CertificateAuthority authority(String organisation) {
    return Optional.ofNullable(authorities.get(organisation)).orElseThrow();
  }

  private String file(String name, String kind) {
    return folder.resolve(name + "." + kind).toString();
  }

  private void write(String name, Identity identity) throws IOException {
    IdentityFolder written = IdentityFolder.at(folder.resolve("written-" + name));
    written.write(identity); // the product's way to write a key
    Files.copy(written.path().resolve("key.pem"), fresh(file(name, "key")));
    Files.copy(written.path().resolve("cert.pem"), fresh(file(name, "crt")));
    issued.put(name, identity);
  }

  private static Path fresh(String file) throws IOException {
    Path path = Path.of(file);
    Files.deleteIfExists(path);
    return path;
  }

  /** Certificates for Kafka and the job as well, so that the node makes no authority. */
  @Override
  public void prepare(Path cluster, String host) throws IOException {
    for (String program : List.of("broker", "job")) {
      List<String> names = new ArrayList<>(LOCAL);
      names.add(host);
      IdentityFolder.at(cluster.resolve("identities").resolve(program))
          .write(authority("a").issueFor(program, names));
    }
  }

  @Override
  public void renew(String site, Path siteFolder) throws IOException {
    Identity before = Optional.ofNullable(issued.get(site)).orElseThrow();
    write(site, authority("a").renew(before, LOCAL));
    Identity after = Optional.ofNullable(issued.get(site)).orElseThrow();
    await(site + " takes over " + file(site, "crt"))
        .atMost(TAKEN_OVER)
        .until(
            () -> IdentityFolder.at(siteFolder.resolve("identity")).read().leaf(),
            after.leaf()::equals);
  }

  /** A new key in other files. */
  @Override
  public Optional<List<String>> rotation(String organisation, String site) throws IOException {
    String next = site + "-next";
    write(next, authority(organisation).issueFor(site, LOCAL));
    return Optional.of(options(organisation, next));
  }

  @Override
  public void close() {}
}
