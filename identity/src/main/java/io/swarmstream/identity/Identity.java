package io.swarmstream.identity;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who a process is on the wire.
 *
 * @param key its private key
 * @param chain its certificate, followed by those of intermediate authorities
 * @param authorities the authorities whose certificates it accepts
 */
public record Identity(
    PrivateKey key, List<X509Certificate> chain, List<X509Certificate> authorities) {
  public Identity {
    chain = List.copyOf(chain);
    authorities = List.copyOf(authorities);
    if (chain.isEmpty()) {
      throw new IdentityException("an identity needs a certificate");
    }
  }

  /** The certificate of the key. */
  public X509Certificate leaf() {
    return chain.get(0);
  }

  /** What members of a swarm know this process by; see {@link KeyHash}. */
  public String keyHash() {
    return KeyHash.of(leaf());
  }

  /** The SPIFFE id of the certificate, if it has exactly one. */
  public Optional<String> spiffeId() {
    return SpiffeName.of(leaf());
  }

  /** The principal that a Kafka broker knows this process by, without {@code User:}. */
  public String principal() {
    return spiffeId().orElseGet(this::keyHash);
  }

  /** The common name of the certificate; empty if it has none. */
  public String name() {
    return DistinguishedName.commonName(leaf());
  }

  /** The organisation of the certificate; empty if it has none. */
  public String organisation() {
    return DistinguishedName.organisation(leaf());
  }

  public Instant expiresAt() {
    return leaf().getNotAfter().toInstant();
  }

  public boolean expiresWithin(Duration duration) {
    return !Instant.now().plus(duration).isBefore(expiresAt());
  }

  /** When to renew: a third of the certificate's life is left then. */
  public Instant renewAt() {
    Instant from = leaf().getNotBefore().toInstant();
    return expiresAt().minus(Duration.between(from, expiresAt()).dividedBy(3));
  }

  /** The same key with another certificate, as after a renewal. */
  public Identity withChain(List<X509Certificate> renewed) {
    return new Identity(key, renewed, authorities);
  }

  /**
   * The authority, of those that it accepts, at which its own certificate ends now; empty if it
   * ends at none of them.
   */
  public Optional<X509Certificate> issuer() {
    try {
      return Optional.ofNullable(CertificatePath.anchor(chain, authorities, Instant.now()));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  public Identity withAuthorities(List<X509Certificate> others) {
    return new Identity(key, chain, others);
  }

  /**
   * Says why peers would refuse this identity at some time; empty if they would not. Checks that
   * the key fits the certificate, the time, and that the chain ends at an authority.
   */
  public Optional<String> problem(Instant at) {
    if (!fits()) {
      return Optional.of("the private key does not belong to the certificate");
    }
    return CertificatePath.problem(chain, authorities, at);
  }

  boolean fits() {
    return PrivateKeys.isPair(key, leaf().getPublicKey());
  }

  /** Omits the key. */
  @Override
  public String toString() {
    return leaf().getSubjectX500Principal() + ", key " + keyHash() + ", valid until " + expiresAt();
  }
}
