package io.swarmstream.clients.chain;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;

/**
 * A certificate authority that the swarm trusts.
 *
 * @param hash SHA-256 of the certificate's DER, 64 hex digits
 * @param organisation that it belongs to
 * @param pem the authority's certificate
 */
public record Authority(String hash, String organisation, String pem, boolean isRevoked) {
  static String pem(byte[] der) {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der)
        + "\n-----END CERTIFICATE-----\n";
  }
}
