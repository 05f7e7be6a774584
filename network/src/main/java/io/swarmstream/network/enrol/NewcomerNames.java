package io.swarmstream.network.enrol;

import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.network.AdmissionRequest;
import io.swarmstream.identity.Authorities;
import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.network.members.SwarmSnapshot;
import io.swarmstream.schemas.MemberName;
import io.swarmstream.web.ApiProblem;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Supplier;

/** Which names newcomers may have that come by a certificate. */
final class NewcomerNames {
  private final Supplier<SwarmSnapshot> swarm;

  NewcomerNames(Supplier<SwarmSnapshot> swarm) {
    this.swarm = swarm;
  }

  /** The name that a newcomer asks for; else the common name of its certificate. */
  static String asked(X509Certificate leaf, AdmissionRequest request) {
    String asked = request.name();
    String name = asked == null ? Authorities.name(leaf) : asked;
    if (!MemberName.isValid(name)) {
      throw ApiProblem.badValue(
          "name",
          "the member's name would be \""
              + name
              + "\"; give one of 1 to 64 letters, digits, dots, underscores and dashes");
    }
    return name;
  }

  /** Nobody has the name, or had it: people and policies know members by their names. */
  void requireFree(String name) {
    named(name)
        .ifPresent(
            member -> {
              throw ApiProblem.of(
                  409,
                  "name-taken",
                  name
                      + " is the name of a member of "
                      + member.organisation()
                      + " ("
                      + member.status().code()
                      + "); give another name");
            });
  }

  /**
   * The certificate is not one that the swarm has issued for a member, which may have ordered it
   * for a key that it never bound.
   *
   * @param authority at which the certificate ends
   */
  void requireNoSpare(X509Certificate leaf, Optional<X509Certificate> authority) {
    String name = Authorities.name(leaf);
    if (authority.filter(CertificateAuthority::isOne).isPresent() && named(name).isPresent()) {
      throw ApiProblem.of(
          403,
          "certificate-of-a-member",
          "the certificate was issued by the swarm for its member "
              + name
              + ", whose key is another one; a member has one key at a time. Bring a certificate of"
              + " your own authority, or ask for an invitation");
    }
  }

  /** Who has, or had, a name. */
  private Optional<Member> named(String name) {
    return swarm.get().members().stream().filter(member -> member.name().equals(name)).findFirst();
  }
}
