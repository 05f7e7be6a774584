package io.swarmstream.identity;

import io.swarmstream.schemas.files.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * A small authority of an organisation: a key and a root certificate in a folder ({@code key.pem},
 * {@code cert.pem}). It issues certificates for members, directly below the root. It keeps no list
 * of them: what counts is the binding of a key to a member, and members renew often.
 *
 * <p>Warning: who reads the folder can issue certificates. They give no rights as long as their key
 * is not bound to a member.
 */
public final class CertificateAuthority {
  public static final Duration LEAF_VALIDITY = Duration.ofDays(90);

  /** Longer than most studies: replacing a root means that each peer learns the new one. */
  private static final Duration ROOT_VALIDITY = Duration.ofDays(3650);

  private final PrivateKey key;
  private final X509Certificate certificate;
  private final Clock clock;

  private CertificateAuthority(PrivateKey key, X509Certificate certificate, Clock clock) {
    this.key = key;
    this.certificate = certificate;
    this.clock = clock;
  }

  /**
   * Creates an authority.
   *
   * @throws IdentityException if the folder has one already
   */
  public static CertificateAuthority create(Path folder, String organisation) throws IOException {
    if (exists(folder)) {
      throw new IdentityException(
          folder + " has an authority already; open it, or choose another folder");
    }
    KeyPair pair = CertificateRequest.newKey();
    X509Certificate root =
        NewCertificate.root(pair, organisation, Clock.systemUTC().instant(), ROOT_VALIDITY);
    PrivateFiles.closedFolder(folder);
    // The certificate comes last: without it, there is no authority yet.
    PrivateFiles.write(folder.resolve(IdentityFolder.KEY), PrivateKeys.pem(pair.getPrivate()));
    PrivateFiles.write(folder.resolve(IdentityFolder.CERTIFICATE), Pem.of(root));
    return new CertificateAuthority(pair.getPrivate(), root, Clock.systemUTC());
  }

  /** Whether a certificate is that of such an authority, of whatever organisation. */
  public static boolean isOne(X509Certificate certificate) {
    return DistinguishedName.commonName(certificate).equals(NewCertificate.AUTHORITY);
  }

  public static boolean exists(Path folder) {
    return Files.exists(folder.resolve(IdentityFolder.CERTIFICATE));
  }

  /**
   * Opens an authority.
   *
   * @throws IdentityException if there is none, its key does not fit, or it is no authority
   */
  public static CertificateAuthority open(Path folder) {
    Path keyFile = folder.resolve(IdentityFolder.KEY);
    Path certificateFile = folder.resolve(IdentityFolder.CERTIFICATE);
    PrivateKey key = PrivateKeys.read(Pem.text(keyFile), keyFile.toString(), null);
    X509Certificate certificate =
        Pem.certificates(Pem.text(certificateFile), certificateFile.toString()).get(0);
    if (!PrivateKeys.isPair(key, certificate.getPublicKey())) {
      throw new IdentityException(keyFile + " does not belong to " + certificateFile);
    }
    if (certificate.getBasicConstraints() < 0) {
      throw new IdentityException(certificateFile + " is no authority (basicConstraints CA)");
    }
    return new CertificateAuthority(key, certificate, Clock.systemUTC());
  }

  /** Opens the authority of a folder; creates it if there is none. */
  public static CertificateAuthority openOrCreate(Path folder, String organisation)
      throws IOException {
    return exists(folder) ? open(folder) : create(folder, organisation);
  }

  /** The same authority with another time, for tests with expired certificates. */
  public CertificateAuthority withClock(Clock other) {
    return new CertificateAuthority(key, certificate, other);
  }

  public X509Certificate certificate() {
    return certificate;
  }

  public String organisation() {
    return DistinguishedName.organisation(certificate);
  }

  /**
   * Issues a certificate for servers and clients.
   *
   * @param name its common name
   * @param sans hosts, IP addresses and URIs under which a server is reached; may be empty
   * @param validity from now on; the certificate ends at the latest with this authority
   * @throws IdentityException if the request does not prove that its sender has the key, or a name
   *     is not allowed: this authority issues no SPIFFE ids
   */
  public X509Certificate issue(
      CertificateRequest request, String name, Collection<String> sans, Duration validity) {
    if (!request.hasProof()) {
      throw new IdentityException(
          "certificate request for "
              + name
              + ": not signed with the key that it names; make it with the key that you have");
    }
    Instant now = clock.instant();
    Instant end = now.plus(validity);
    Instant last = certificate.getNotAfter().toInstant();
    if (now.isAfter(last)) {
      throw new IdentityException("the authority " + organisation() + " expired at " + last);
    }
    return NewCertificate.leaf(
        key, certificate, request.publicKey(), name, sans, now, end.isBefore(last) ? end : last);
  }

  /** Issues a certificate of the default validity. */
  public X509Certificate issue(CertificateRequest request, String name, Collection<String> sans) {
    return issue(request, name, sans, LEAF_VALIDITY);
  }

  /** Makes a key and its certificate; the identity trusts this authority alone. */
  public Identity issueFor(String name, Collection<String> sans) {
    return issueFor(CertificateRequest.newKey(), name, sans, LEAF_VALIDITY);
  }

  /** Makes a certificate for a key of this process; the identity trusts this authority alone. */
  public Identity issueFor(KeyPair pair, String name, Collection<String> sans, Duration validity) {
    X509Certificate leaf = issue(CertificateRequest.of(pair, name), name, sans, validity);
    return new Identity(pair.getPrivate(), List.of(leaf), List.of(certificate));
  }

  /** Renews the certificate of an identity; key, name and authorities stay. */
  public Identity renew(Identity identity, Collection<String> sans) {
    return identity.withChain(
        List.of(issue(CertificateRequest.renewal(identity), identity.name(), sans)));
  }
}
