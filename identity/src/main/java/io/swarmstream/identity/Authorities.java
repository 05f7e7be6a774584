package io.swarmstream.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Certificates of authorities (CAs): reads, combines and names them. */
public final class Authorities {
  /** What OpenSSL's {@code c_rehash} leaves and reads, {@code 1a2b3c4d.0}, and common names. */
  private static final Pattern IN_FOLDER = Pattern.compile(".+\\.(pem|crt|cer|[0-9])");

  private Authorities() {}

  /** Reads the certificates of a PEM text, at least one. */
  public static List<X509Certificate> ofPem(String pem, String origin) {
    return Pem.certificates(pem, origin);
  }

  /** Reads the certificates of a PEM file, at least one. */
  public static List<X509Certificate> ofFile(Path file) {
    return Pem.certificates(Pem.text(file), file.toString());
  }

  /** Reads all certificates in the PEM files of a folder, at least one. */
  public static List<X509Certificate> ofFolder(Path folder) {
    List<X509Certificate> found = new ArrayList<>();
    for (Path file : files(folder)) {
      String text = Pem.text(file);
      if (text.contains("BEGIN CERTIFICATE")) { // others hold keys or revocation lists
        found.addAll(Pem.certificates(text, file.toString()));
      }
    }
    if (found.isEmpty()) {
      throw new IdentityException(
          folder + " has no certificate in a file *.pem, *.crt, *.cer or *.0; put the CA's there");
    }
    return combine(List.of(found));
  }

  static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> IN_FOLDER.matcher(file.getFileName().toString()).matches())
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new IdentityException(folder + " cannot be listed (" + e + "); name a folder", e);
    }
  }

  /** Reads one certificate in DER, as the chain has them. */
  public static X509Certificate ofDer(byte[] der) {
    return Pem.certificate(der, "authority of " + der.length + " bytes");
  }

  public static byte[] der(X509Certificate authority) {
    return Pem.der(authority);
  }

  public static String pem(Collection<X509Certificate> authorities) {
    return Pem.of(authorities);
  }

  /** SHA-256 of the DER certificate, as 64 lowercase hex digits. */
  public static String fingerprint(X509Certificate authority) {
    return KeyHash.sha256(Pem.der(authority));
  }

  /** The name that people know an authority by: its common name, else its organisation. */
  public static String name(X509Certificate authority) {
    String name = DistinguishedName.commonName(authority);
    return name.isEmpty() ? DistinguishedName.organisation(authority) : name;
  }

  /** The organisation in an authority's subject; empty if there is none. */
  public static String organisation(X509Certificate authority) {
    return DistinguishedName.organisation(authority);
  }

  /** Joins lists; each certificate is kept once, in the order of first appearance. */
  public static List<X509Certificate> combine(Collection<? extends List<X509Certificate>> lists) {
    Set<X509Certificate> all = new LinkedHashSet<>();
    lists.forEach(all::addAll);
    return List.copyOf(all);
  }

  /**
   * Says what is wrong with a certificate: its dates, or that it ends at none of the authorities;
   * empty if nothing is.
   *
   * @param chain leaf first
   */
  public static Optional<String> problem(
      List<X509Certificate> chain, Collection<X509Certificate> authorities, Instant at) {
    return CertificatePath.problem(chain, List.copyOf(authorities), at);
  }

  /**
   * The authority at which a chain ends, if it is good at that time; empty if it is not, or if the
   * leaf itself is an authority.
   *
   * @param chain leaf first
   */
  public static Optional<X509Certificate> anchor(
      List<X509Certificate> chain, Collection<X509Certificate> authorities, Instant at) {
    List<X509Certificate> all = List.copyOf(authorities);
    if (chain.isEmpty() || CertificatePath.problem(chain, all, at).isPresent()) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(CertificatePath.anchor(chain, all, at));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /**
   * Checks that a certificate may issue others.
   *
   * @throws IdentityException if it is no authority, or has expired
   */
  public static void check(X509Certificate authority) {
    String which = "certificate of " + authority.getSubjectX500Principal();
    if (authority.getBasicConstraints() < 0) {
      throw new IdentityException(
          which + " is no authority (basicConstraints CA:TRUE is missing); give the CA's");
    }
    Instant end = authority.getNotAfter().toInstant();
    if (Instant.now().isAfter(end)) {
      throw new IdentityException(which + " expired at " + end + "; give the CA's new one");
    }
  }
}
