package io.swarmstream.identity;

import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/** The subject of a certificate, made of a common name and an organisation. */
final class DistinguishedName {
  /** The limit of RFC 5280 for both parts. */
  private static final int MAX_CHARS = 64;

  private DistinguishedName() {}

  static X500Name of(String commonName, String organisation) {
    X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
    name.addRDN(BCStyle.CN, checked("name", commonName));
    if (!organisation.isEmpty()) {
      name.addRDN(BCStyle.O, checked("organisation", organisation));
    }
    return name.build();
  }

  static String commonName(X509Certificate certificate) {
    return part(certificate, BCStyle.CN);
  }

  static String organisation(X509Certificate certificate) {
    return part(certificate, BCStyle.O);
  }

  static String commonName(X500Name name) {
    return part(name, BCStyle.CN);
  }

  private static String part(X509Certificate certificate, ASN1ObjectIdentifier which) {
    X500Principal subject = certificate.getSubjectX500Principal();
    return part(X500Name.getInstance(subject.getEncoded()), which);
  }

  private static String part(X500Name name, ASN1ObjectIdentifier which) {
    RDN[] parts = name.getRDNs(which);
    return parts.length == 0 ? "" : IETFUtils.valueToString(parts[0].getFirst().getValue());
  }

  private static String checked(String what, String value) {
    if (value.isBlank() || value.length() > MAX_CHARS) {
      throw new IdentityException(
          "the %s of a certificate must have 1 to %d characters, but \"%s\" has %d; shorten it"
              .formatted(what, MAX_CHARS, value, value.length()));
    }
    return value;
  }
}
