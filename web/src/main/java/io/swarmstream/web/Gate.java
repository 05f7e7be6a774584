package io.swarmstream.web;

import java.security.cert.X509Certificate;
import java.util.List;

/** Decides who may call a route. */
@FunctionalInterface
public interface Gate<C> {
  /**
   * Admits a caller.
   *
   * @param certificates of the client, leaf first, verified by TLS; empty when it showed none
   * @throws ApiProblem with 401 when the caller has to show a certificate, with 403 when it may not
   */
  C admit(ApiRoute<C> route, List<X509Certificate> certificates);
}
