package io.swarmstream.web;

/** Decides who may call a route. */
@FunctionalInterface
public interface Gate<C> {
  /**
   * Admits a caller.
   *
   * @throws ApiProblem with 401 when the caller has to say who it is, with 403 when it may not
   */
  C admit(ApiRoute<C> route, Credentials credentials);
}
