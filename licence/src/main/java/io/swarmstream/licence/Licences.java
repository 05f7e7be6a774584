package io.swarmstream.licence;

import io.swarmstream.web.ApiProblem;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Installed licences: the newest of each study. */
final class Licences {
  private final List<PublicKey> issuers;
  private final Map<String, Installed> byStudy = new TreeMap<>();

  private record Installed(String text, Entitlement entitlement) {}

  Licences(Collection<PublicKey> issuers) {
    this.issuers = List.copyOf(issuers);
  }

  /**
   * Installs a licence.
   *
   * @throws ApiProblem when it is forged or over, or a newer one of the study is installed
   */
  Entitlement install(String text, Instant now) {
    Entitlement entitlement = verified(text);
    if (entitlement.isOver(now)) {
      throw ApiProblem.of(
          422,
          "licence-over",
          "the licence of "
              + entitlement.study()
              + " ended after "
              + entitlement.until()
              + "; ask its issuer for another one");
    }
    put(text, entitlement);
    return entitlement;
  }

  private Entitlement verified(String text) {
    try {
      return LicenceText.verify(text, issuers);
    } catch (IllegalArgumentException e) {
      throw ApiProblem.of(422, "bad-licence", String.valueOf(e.getMessage())).because(e);
    }
  }

  private void put(String text, Entitlement entitlement) {
    Installed before = byStudy.get(entitlement.study());
    if (before != null && before.entitlement().issuedAt().isAfter(entitlement.issuedAt())) {
      throw ApiProblem.of(
          409,
          "older-licence",
          "the licence of "
              + entitlement.study()
              + " was issued at "
              + entitlement.issued()
              + ", the installed one at "
              + before.entitlement().issued()
              + "; the newest counts");
    }
    byStudy.put(entitlement.study(), new Installed(text.strip(), entitlement));
  }

  /** Installs what is signed and newer than what is there, also what is over. */
  void merge(List<String> texts) {
    for (String text : texts) {
      try {
        put(text, verified(text));
      } catch (ApiProblem e) {
        // Of an issuer that is trusted no longer, or older: nothing is lost.
      }
    }
  }

  List<String> texts() {
    return byStudy.values().stream().map(Installed::text).toList();
  }

  List<Entitlement> entitlements() {
    return byStudy.values().stream().map(Installed::entitlement).toList();
  }

  /**
   * How many nodes an organisation may run.
   *
   * @throws ApiProblem when it may run none, saying why
   */
  int places(LicenceFeature feature, String organisation, Instant now) {
    int places = 0;
    String over = "";
    for (Entitlement entitlement : entitlements()) {
      int more = entitlement.share(organisation).map(share -> share.places(feature)).orElse(0);
      if (!entitlement.isOver(now)) {
        places += more;
      } else if (more > 0) {
        over += "; its licence of " + entitlement.study() + " ended after " + entitlement.until();
      }
    }
    if (places == 0) {
      throw ApiProblem.of(
          403,
          over.isEmpty() ? "not-entitled" : "licence-over",
          organisation
              + " may run no "
              + feature
              + " node"
              + over
              + "; have the issuer's licence installed ('swarm licence install')");
    }
    return places;
  }
}
