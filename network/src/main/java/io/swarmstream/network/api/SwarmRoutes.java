package io.swarmstream.network.api;

import static io.swarmstream.network.api.MemberGate.MEMBER;

import io.javalin.http.sse.SseClient;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.network.HealthInfo;
import io.swarmstream.clients.network.TopologyInfo;
import io.swarmstream.clients.network.VersionInfo;
import io.swarmstream.web.ApiCall;
import io.swarmstream.web.ApiProblem;
import io.swarmstream.web.ApiRoute;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Routes about the swarm as a whole. */
final class SwarmRoutes {
  private static final int API = 1;

  private final ConsoleParts node;
  private final String version;

  SwarmRoutes(ConsoleParts node, String version) {
    this.node = node;
    this.version = version;
  }

  List<ApiRoute<Caller>> all() {
    return List.of(
        ApiRoute.<Caller>of(
                "GET",
                "/v1/version",
                "getVersion",
                "What this node is.",
                MEMBER,
                call -> new VersionInfo("Swarmstream", version, API, node.chain().network()))
            .gives(VersionInfo.class),
        ApiRoute.<Caller>of(
                "GET",
                "/v1/health",
                "getHealth",
                "How this node is, and what is wrong below it.",
                MEMBER,
                call -> node.health().get())
            .gives(HealthInfo.class),
        ApiRoute.<Caller>of(
                "GET",
                "/v1/topology",
                "getTopology",
                "The parts of the swarm, how each is, and how they are connected.",
                MEMBER,
                call -> node.reading().topology().get())
            .gives(TopologyInfo.class),
        ApiRoute.<Caller>of(
                "GET",
                "/v1/events",
                "watch",
                "Server-sent events: round, members, verification.",
                MEMBER,
                this::watch)
            .gives("text/event-stream"));
  }

  private @Nullable Object watch(ApiCall<Caller> call) {
    if (!node.events().hasRoom()) {
      throw ApiProblem.of(
          503, "busy", "too many watch this node already; watch another network node");
    }
    call.context().contentType("text/event-stream");
    call.context().header("Cache-Control", "no-store");
    Caller caller = call.caller();
    node.events().serve(new SseClient(call.context()), () -> isStillIn(caller));
    return null;
  }

  /** A stream lasts; who is suspended or has logged out meanwhile hears no more. */
  private boolean isStillIn(Caller caller) {
    return caller
        .session()
        .map(session -> node.logins().member(session).isPresent())
        .orElseGet(
            () -> {
              Member then = caller.member();
              return node.swarm()
                  .newest()
                  .byAccount(then.account())
                  .filter(now -> now.isActive() && now.principal().equals(then.principal()))
                  .isPresent();
            });
  }
}
