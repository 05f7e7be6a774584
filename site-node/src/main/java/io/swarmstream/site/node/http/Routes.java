package io.swarmstream.site.node.http;

import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.pathmap.PathMappings;
import org.eclipse.jetty.http.pathmap.UriTemplatePathSpec;

/** Finds the endpoint of a request. */
final class Routes {
  private final PathMappings<List<Endpoint>> byPath = new PathMappings<>();

  Routes(List<Endpoint> endpoints) {
    for (Endpoint endpoint : endpoints) {
      String path = endpoint.describe().path();
      byPath.put(
          new UriTemplatePathSpec(path),
          endpoints.stream().filter(other -> other.describe().path().equals(path)).toList());
    }
  }

  /** An endpoint, its description, and the parameters in the path. */
  record Route(Endpoint endpoint, Described described, Map<String, String> parameters) {}

  /**
   * Finds the endpoint of a method and a path.
   *
   * @throws ProblemException when there is none
   */
  Route find(String method, String path) {
    var found = byPath.getMatched(path);
    if (found == null) {
      throw ProblemException.of(
          ProblemCode.NOT_FOUND, "there is nothing at " + path + "; /openapi.json lists all paths");
    }
    Endpoint endpoint =
        found.getResource().stream()
            .filter(candidate -> candidate.describe().method().equals(method))
            .findFirst()
            .orElseThrow(
                () ->
                    ProblemException.of(
                        ProblemCode.METHOD_NOT_ALLOWED,
                        path
                            + " does not support "
                            + method
                            + "; it supports "
                            + found.getResource().stream()
                                .map(candidate -> candidate.describe().method())
                                .toList()));
    return new Route(
        endpoint,
        endpoint.describe(),
        ((UriTemplatePathSpec) found.getPathSpec()).getPathParams(path));
  }
}
