package io.swarmstream.network.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmstream.web.ApiDocument;
import io.swarmstream.web.ApiJson;
import io.swarmstream.web.ApiRoute;
import io.swarmstream.web.ApiServer;
import io.swarmstream.web.Place;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;

/** The API of a network node. */
public final class NetworkApi {
  private static final String TITLE = "Swarmstream network node";
  private static final String ACCESS =
      "Callers show a certificate whose key is bound to an active member; to enrol, none is needed.";

  private NetworkApi() {}

  /** Starts the API's server. */
  public static ApiServer start(Place place, SSLContext tls, NodeParts node, String version) {
    return ApiServer.start(
        place, tls, new MemberGate(node.swarm(), InstantSource.system()), routes(node, version));
  }

  static List<ApiRoute<Caller>> routes(NodeParts node, String version) {
    List<ApiRoute<Caller>> routes = new ArrayList<>();
    routes.addAll(new SwarmRoutes(node, version).all());
    routes.addAll(new MemberRoutes(node).all());
    routes.addAll(new ContractRoutes(node).all());
    ObjectNode document = document(routes);
    routes.add(
        ApiRoute.<Caller>of(
                "GET",
                "/v1/openapi.json",
                "getOpenApi",
                "This document.",
                MemberGate.MEMBER,
                call -> ApiJson.bytes(document))
            .gives("application/json"));
    return routes;
  }

  private static ObjectNode document(List<ApiRoute<Caller>> routes) {
    return ApiDocument.of(TITLE, "1", ACCESS, routes);
  }
}
