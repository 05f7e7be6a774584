package io.swarmstream.network.enrol;

import io.swarmstream.identity.Authorities;
import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.CertificateRequest;
import io.swarmstream.identity.IdentityException;
import io.swarmstream.identity.KeyHash;
import io.swarmstream.web.ApiProblem;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Certificates of members: issued by this organisation's own authority, or brought by a member that
 * has one.
 */
public final class Certifying {
  private static final String REQUEST = "certificateRequest";
  private static final String CERTIFICATE = "certificate";

  private final Path authority;

  /** Issues with the authority of a folder, if there is one. */
  public Certifying(Path authority) {
    this.authority = authority;
  }

  /**
   * Checks that a request comes from who has the key.
   *
   * @param keyHash that the request has to be of
   * @throws ApiProblem naming the field that is wrong
   */
  CertificateRequest checked(@Nullable String pem, String keyHash) {
    if (pem == null) {
      throw ApiProblem.badValue(
          REQUEST,
          REQUEST
              + " is missing: it proves that you have the key, also of a certificate you bring");
    }
    CertificateRequest request;
    try {
      request = CertificateRequest.ofPem(pem);
    } catch (IdentityException e) {
      throw ApiProblem.badValue(REQUEST, String.valueOf(e.getMessage())).because(e);
    }
    if (!request.hasProof()) {
      throw ApiProblem.badValue(
          REQUEST, REQUEST + " is not signed with the key that it names; make it with your key");
    }
    if (!request.keyHash().equals(keyHash)) {
      throw ApiProblem.badValue(
          "certificateKey",
          "certificateKey is "
              + keyHash
              + ", and the key of "
              + REQUEST
              + " is "
              + request.keyHash()
              + "; bind the key that you request a certificate for");
    }
    return request;
  }

  /**
   * Issues a certificate.
   *
   * @param name of the member
   * @return PEM, leaf first
   * @throws ApiProblem when this organisation has no authority
   */
  String issue(CertificateRequest request, String name) {
    if (!CertificateAuthority.exists(authority)) {
      throw ApiProblem.of(
          409,
          "no-authority",
          "this organisation issues no certificates; bring one of your own authority (--cert, --key)");
    }
    try {
      CertificateAuthority own = CertificateAuthority.open(authority);
      return Authorities.pem(List.of(own.issue(request, name, List.of("localhost", "127.0.0.1"))));
    } catch (IdentityException e) {
      throw ApiProblem.badValue(REQUEST, String.valueOf(e.getMessage())).because(e);
    }
  }

  /** Issues another certificate for a member whose key stays, or is about to be bound. */
  public String renew(String pem, String name) {
    return issue(checked(pem, keyOf(pem)), name);
  }

  private static String keyOf(String pem) {
    try {
      return CertificateRequest.ofPem(pem).keyHash();
    } catch (IdentityException e) {
      throw ApiProblem.badValue(REQUEST, String.valueOf(e.getMessage())).because(e);
    }
  }

  /**
   * Checks a certificate that a member brings.
   *
   * @param trusted authorities of the swarm, and the member's own if it brings one
   * @throws ApiProblem when it has another key, is not valid now, or none of them has issued it
   */
  static void check(String pem, String keyHash, List<X509Certificate> trusted) {
    List<X509Certificate> chain = parsed(pem);
    String actual = KeyHash.of(chain.get(0));
    if (!actual.equals(keyHash)) {
      throw ApiProblem.badValue(
          CERTIFICATE, CERTIFICATE + " has the key " + actual + ", to be bound is " + keyHash);
    }
    Authorities.problem(chain, trusted, Instant.now())
        .ifPresent(
            problem -> {
              throw ApiProblem.badValue(
                  CERTIFICATE,
                  CERTIFICATE
                      + ": "
                      + problem
                      + "; if the swarm does not know your authority yet, your organisation's"
                      + " network node registers it");
            });
  }

  private static List<X509Certificate> parsed(String pem) {
    try {
      return Authorities.ofPem(pem, CERTIFICATE);
    } catch (IdentityException e) {
      throw ApiProblem.badValue(CERTIFICATE, String.valueOf(e.getMessage())).because(e);
    }
  }
}
