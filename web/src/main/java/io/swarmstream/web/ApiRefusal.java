package io.swarmstream.web;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that was not served.
 *
 * @param path as the route declares it, so that callers cannot choose it
 * @param address that the request came from
 * @param certificates that the caller has shown, its own first; empty: none
 * @param caller as the server's gate has admitted it; null: the gate has refused it
 */
public record ApiRefusal(
    String method,
    String path,
    String address,
    List<X509Certificate> certificates,
    ApiProblem problem,
    @Nullable Object caller) {}
