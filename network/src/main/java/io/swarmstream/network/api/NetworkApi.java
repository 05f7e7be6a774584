package io.swarmstream.network.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.console.ConsolePages;
import io.swarmstream.network.console.ConsoleKey;
import io.swarmstream.web.ApiDocument;
import io.swarmstream.web.ApiJson;
import io.swarmstream.web.ApiRoute;
import io.swarmstream.web.ApiServer;
import io.swarmstream.web.Place;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;

/** The API of a network node, and the part of it that a local swarm serves. */
public final class NetworkApi {
  private static final String TITLE = "Swarmstream network node";
  private static final String ACCESS =
      "Callers show a certificate whose key is bound to an active member; to enrol, none is needed."
          + " Browsers that have logged in to the console show a cookie instead, where the entry"
          + " says so, and for all that only reads; each change has the header X-Swarm-Console: 1.";

  private static final String LOCAL_TITLE = "Swarmstream local swarm";
  private static final String LOCAL_ACCESS =
      "For browsers on the same machine that have logged in with a link and show a cookie; each"
          + " change has the header X-Swarm-Console: 1.";

  private NetworkApi() {}

  /** Starts the API's server. */
  public static ApiServer start(Place place, SSLContext tls, NodeParts node, String version) {
    ConsoleParts console = node.console();
    return ApiServer.start(
        place,
        tls,
        new MemberGate(console, InstantSource.system()),
        withPages(routes(node, version)),
        console.refusals()::note);
  }

  /**
   * Starts the server of a local swarm's console, which has what its pages show and no more.
   *
   * @param bound listens on a loopback address
   * @param key gives links to the owner
   */
  public static ApiServer startLocally(
      ServerSocketChannel bound, ConsoleParts console, ConsoleKey key, Member owner, String version)
      throws IOException {
    List<ApiRoute<Caller>> routes = shared(console, version);
    routes.add(new ConsoleRoutes(console, version).linkBy(key, owner));
    routes.addAll(new LackingRoutes(console.own().lacks()).all());
    routes.add(described(routes, LOCAL_TITLE, LOCAL_ACCESS));
    return ApiServer.onLoopback(
        bound,
        console.own().cookie(),
        new MemberGate(console, InstantSource.system()),
        withPages(routes),
        console.refusals()::note);
  }

  private static List<ApiRoute<Caller>> withPages(List<ApiRoute<Caller>> routes) {
    routes.addAll(ConsolePages.routes(MemberGate.OPEN));
    return routes;
  }

  static List<ApiRoute<Caller>> routes(NodeParts node, String version) {
    List<ApiRoute<Caller>> routes = shared(node.console(), version);
    routes.add(new ConsoleRoutes(node.console(), version).link());
    routes.addAll(new ProgramRoutes(node).all());
    routes.addAll(new ActRoutes(node).all());
    routes.addAll(new BoardActRoutes(node).all());
    routes.addAll(new MemberRoutes(node).all());
    routes.addAll(new FoundingRoutes(node).all());
    routes.addAll(new BoardRoutes(node).all());
    routes.add(described(routes, TITLE, ACCESS));
    return routes;
  }

  /** What a network node and a local swarm both serve. */
  private static List<ApiRoute<Caller>> shared(ConsoleParts console, String version) {
    List<ApiRoute<Caller>> routes = new ArrayList<>();
    routes.addAll(new SwarmRoutes(console, version).all());
    routes.addAll(new ConsoleRoutes(console, version).all());
    routes.addAll(new ContractActRoutes(console).all());
    routes.addAll(new AuditRoutes(console).all());
    routes.addAll(new ContractRoutes(console).all());
    routes.addAll(new RoundRoutes(console).all());
    routes.add(new OverviewRoute(console).route());
    routes.addAll(new ProofRoutes(console).all());
    routes.addAll(new ExperimentRoutes(console).all());
    return routes;
  }

  private static ApiRoute<Caller> described(
      List<ApiRoute<Caller>> routes, String title, String access) {
    ObjectNode document = ApiDocument.of(title, "1", access, routes);
    return ApiRoute.<Caller>of(
            "GET",
            "/v1/openapi.json",
            "getOpenApi",
            "This document.",
            MemberGate.MEMBER,
            call -> ApiJson.bytes(document))
        .gives("application/json");
  }

  static ObjectNode document(List<ApiRoute<Caller>> routes) {
    return ApiDocument.of(TITLE, "1", ACCESS, routes);
  }
}
