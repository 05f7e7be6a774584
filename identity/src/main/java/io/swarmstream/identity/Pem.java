package io.swarmstream.identity;

import io.swarmstream.schemas.files.TextFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Certificates as PEM text. Ignores text around the blocks, as OpenSSL does. */
final class Pem {
  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----");
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private Pem() {}

  static String text(Path file) {
    try {
      return TextFile.read(file);
    } catch (NoSuchFileException e) {
      throw new IdentityException(
          file
              + " does not exist; an identity folder has key.pem, cert.pem and ca.pem: join the"
              + " swarm again, or copy them there",
          e);
    } catch (IOException e) {
      throw new IdentityException(
          file + " cannot be read (" + e + "); it must be readable for the user of this process",
          e);
    } catch (IllegalArgumentException e) {
      throw new IdentityException(
          file + " is no PEM text; convert DER with 'openssl x509 -inform der'", e);
    }
  }

  /** Returns the certificates of a text, at least one. */
  static List<X509Certificate> certificates(String text, String origin) {
    List<X509Certificate> found = new ArrayList<>();
    Matcher block = CERTIFICATE.matcher(text);
    while (block.find()) {
      String which = origin + ": certificate " + (found.size() + 1);
      try {
        found.add(certificate(Base64.getMimeDecoder().decode(block.group(1)), which));
      } catch (IllegalArgumentException e) {
        throw new IdentityException(which + " is no base64; copy the file again", e);
      }
    }
    if (found.isEmpty()) {
      throw new IdentityException(
          origin + " contains no certificate; it needs a block -----BEGIN CERTIFICATE-----");
    }
    return List.copyOf(found);
  }

  static X509Certificate certificate(byte[] der, String origin) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw new IdentityException(
          origin + " is no X.509 certificate (" + e.getMessage() + "); copy the file again", e);
    }
  }

  static String of(Collection<X509Certificate> certificates) {
    return certificates.stream().map(Pem::of).collect(Collectors.joining());
  }

  static String of(X509Certificate certificate) {
    return of("CERTIFICATE", der(certificate));
  }

  static String of(String kind, byte[] der) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(kind, LINES.encodeToString(der));
  }

  static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read can be written", e);
    }
  }
}
