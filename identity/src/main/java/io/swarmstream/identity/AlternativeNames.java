package io.swarmstream.identity;

import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.util.IPAddress;

/** The names under which a server is reached: hosts, IP addresses, URIs. */
final class AlternativeNames {
  private static final Pattern HOST =
      Pattern.compile("(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\\.[A-Za-z0-9_-]+)*\\.?");

  private AlternativeNames() {}

  static GeneralNames of(Collection<String> names) {
    return new GeneralNames(
        names.stream().distinct().map(AlternativeNames::of).toArray(GeneralName[]::new));
  }

  private static GeneralName of(String name) {
    if (name.toLowerCase(Locale.ROOT).startsWith("spiffe:")) {
      throw new IdentityException(
          name + " is a SPIFFE id, which only the SPIFFE server of its trust domain may issue");
    }
    if (name.contains("://")) {
      return new GeneralName(GeneralName.uniformResourceIdentifier, name);
    }
    if (IPAddress.isValid(name)) {
      return new GeneralName(GeneralName.iPAddress, name);
    }
    if (!HOST.matcher(name).matches()) {
      throw new IdentityException(
          "\"" + name + "\" is neither a host name, nor an IP address, nor a URI");
    }
    return new GeneralName(GeneralName.dNSName, name);
  }
}
