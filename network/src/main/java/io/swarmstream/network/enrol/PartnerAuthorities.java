package io.swarmstream.network.enrol;

import io.swarmstream.clients.chain.Authority;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainException;
import io.swarmstream.identity.Authorities;
import io.swarmstream.identity.IdentityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers the authorities of partners whose certificates a network node is to admit: those that
 * its owner has put into its CA file or folder. Each stands for an organisation of its own.
 */
public final class PartnerAuthorities {
  private static final Logger LOG = LoggerFactory.getLogger(PartnerAuthorities.class);
  private static final int HASH_CHARS = 8;
  private static final int MOST_CHARS = 64;

  private final ChainClient chain;

  /** Registers with a client of an admin. */
  public PartnerAuthorities(ChainClient chain) {
    this.chain = chain;
  }

  /**
   * Registers those that are not registered. One that was revoked stays so.
   *
   * @param named by the owner
   * @param own those of them that certify its own organisation; they are no partner's
   * @return a sentence for each that was registered
   */
  public List<String> register(List<X509Certificate> named, Set<X509Certificate> own) {
    List<String> done = new ArrayList<>();
    for (X509Certificate authority : named) {
      if (!own.contains(authority)) {
        register(authority).ifPresent(done::add);
      }
    }
    return done;
  }

  private Optional<String> register(X509Certificate authority) {
    List<Authority> known = chain.members().authorities();
    String hash = Authorities.fingerprint(authority);
    Optional<Authority> same = known.stream().filter(it -> it.hash().equals(hash)).findFirst();
    if (same.isPresent()) {
      if (same.get().isRevoked()) {
        LOG.warn("{} was revoked in the swarm and is not trusted", subject(authority));
      }
      return Optional.empty();
    }
    String organisation = organisation(authority, hash, known);
    try {
      Authorities.check(authority);
      var unused = chain.membership().addAuthority(organisation, Authorities.der(authority));
      return Optional.of(
          "certificates of " + subject(authority) + " are those of organisation " + organisation);
    } catch (ChainException | IdentityException e) {
      LOG.warn("{} cannot be registered: {}", subject(authority), e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * The organisation of its subject, else its common name. Never an organisation that is there
   * already: an authority of another must not speak for it.
   */
  private String organisation(X509Certificate authority, String hash, List<Authority> known) {
    Set<String> taken = new HashSet<>();
    known.forEach(it -> taken.add(it.organisation()));
    chain.members().all().forEach(it -> taken.add(it.organisation()));
    String fallback = "authority";
    for (String name : List.of(Authorities.organisation(authority), Authorities.name(authority))) {
      String shown = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[^A-Za-z0-9]+", "");
      String bounded = shown.substring(0, Math.min(shown.length(), MOST_CHARS - HASH_CHARS - 1));
      if (!bounded.isEmpty() && !taken.contains(bounded)) {
        return bounded;
      }
      fallback = bounded.isEmpty() ? fallback : bounded;
    }
    return fallback + "-" + hash.substring(0, HASH_CHARS);
  }

  private static String subject(X509Certificate authority) {
    return String.valueOf(authority.getSubjectX500Principal());
  }
}
