package io.swarmstream.licence;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.swarmstream.web.ApiJson;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/**
 * An entitlement with its issuer's signature: a JSON Web Signature (RFC 7515) in one line, signed
 * by Ed25519 ({@code EdDSA}) or ECDSA with P-256 ({@code ES256}), so that other programs read it,
 * too.
 */
public final class LicenceText {
  private static final String TYPE = "swarm-licence";
  private static final int MAX_CHARS = 256 << 10;

  private LicenceText() {}

  /** Signs an entitlement. */
  public static String sign(Entitlement entitlement, PrivateKey key) {
    String algorithm = key.getAlgorithm().equals("EC") ? "ES256" : "EdDSA";
    String signed =
        base64(("{\"alg\":\"" + algorithm + "\",\"typ\":\"" + TYPE + "\"}").getBytes(US_ASCII))
            + "."
            + base64(ApiJson.bytes(entitlement));
    try {
      Signature signature = signature(key.getAlgorithm());
      signature.initSign(key);
      signature.update(signed.getBytes(US_ASCII));
      return signed + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the issuer's key cannot sign: " + e.getMessage(), e);
    }
  }

  /**
   * Reads an entitlement without checking who signed it.
   *
   * @throws IllegalArgumentException when the text is no licence
   */
  public static Entitlement read(String text) {
    List<String> parts = parts(text);
    try {
      JsonNode header = ApiJson.mapper().readTree(decode(parts.get(0)));
      if (header == null || !TYPE.equals(header.path("typ").asText())) {
        throw new IllegalArgumentException("this is no licence: its header is " + header);
      }
      return ApiJson.mapper().readValue(decode(parts.get(1)), Entitlement.class);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "the licence cannot be read: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("the licence cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Reads an entitlement of a known issuer.
   *
   * @throws IllegalArgumentException when none of the issuers has signed the text
   */
  public static Entitlement verify(String text, Collection<PublicKey> issuers) {
    List<String> parts = parts(text);
    byte[] signed = (parts.get(0) + "." + parts.get(1)).getBytes(US_ASCII);
    byte[] signature = decode(parts.get(2));
    if (issuers.stream().noneMatch(issuer -> isSigned(signed, signature, issuer))) {
      throw new IllegalArgumentException(
          "the licence is signed by none of the "
              + issuers.size()
              + " issuers that this server knows; get the issuer's public key from the issuer, and"
              + " start the server with --issuer");
    }
    return read(text);
  }

  /** The key decides about the algorithm, not what the text says of itself. */
  private static boolean isSigned(byte[] signed, byte[] bytes, PublicKey issuer) {
    try {
      Signature signature = signature(issuer.getAlgorithm());
      signature.initVerify(issuer);
      signature.update(signed);
      return signature.verify(bytes);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static Signature signature(String keyAlgorithm) throws GeneralSecurityException {
    return Signature.getInstance(
        keyAlgorithm.equals("EC") ? "SHA256withECDSAinP1363Format" : "Ed25519");
  }

  private static List<String> parts(String text) {
    List<String> parts = List.of(text.strip().split("\\.", -1));
    if (text.length() > MAX_CHARS || parts.size() != 3) {
      throw new IllegalArgumentException(
          "this is no licence; it is one line of three parts with dots between them, as 'swarm"
              + " licence issue' prints it");
    }
    return parts;
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] decode(String part) {
    try {
      return Base64.getUrlDecoder().decode(part.getBytes(UTF_8));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the licence is damaged: not base64", e);
    }
  }
}
