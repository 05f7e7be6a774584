package io.swarmstream.network.api;

import static io.swarmstream.network.api.MemberGate.MEMBER;

import io.javalin.http.sse.SseClient;
import io.swarmstream.clients.chain.AuditEvent;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.network.AuditInfo;
import io.swarmstream.clients.network.HealthInfo;
import io.swarmstream.clients.network.HeartbeatRequest;
import io.swarmstream.clients.network.NodeInfo;
import io.swarmstream.clients.network.SwarmAddresses;
import io.swarmstream.clients.network.VersionInfo;
import io.swarmstream.network.log.HeardNodes;
import io.swarmstream.network.members.SwarmSnapshot;
import io.swarmstream.web.ApiCall;
import io.swarmstream.web.ApiProblem;
import io.swarmstream.web.ApiRoute;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Routes about the swarm and its nodes. */
final class SwarmRoutes {
  private static final int API = 1;
  private static final int BLOCKS_A_PAGE = 10_000;
  private static final List<String> TYPES = List.of("SN", "SL", "SWOP");

  private final NodeParts node;
  private final String version;

  SwarmRoutes(NodeParts node, String version) {
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
                "/v1/addresses",
                "getAddresses",
                "How to reach the swarm.",
                MEMBER,
                call -> node.addresses().get())
            .gives(SwarmAddresses.class),
        ApiRoute.<Caller>of(
                "GET",
                "/v1/nodes",
                "listNodes",
                "Programs that were heard within a day.",
                MEMBER,
                call -> node.nodes().all())
            .givesListOf(NodeInfo.class),
        ApiRoute.<Caller>of(
                "POST",
                "/v1/heartbeats",
                "sayAlive",
                "Says that a program of the member that calls runs; to be repeated every 10 s.",
                MEMBER,
                this::heartbeat)
            .takes(HeartbeatRequest.class)
            .gives(NodeInfo.class),
        ApiRoute.<Caller>of(
                "GET",
                "/v1/audit",
                "listActs",
                "What the chain has recorded, in its order; at most 10,000 blocks.",
                MEMBER,
                call -> audit(call.query("from", 0, 0, Long.MAX_VALUE)))
            .query("from", long.class, "First block; 0: from the beginning.")
            .givesListOf(AuditInfo.class),
        ApiRoute.<Caller>of(
                "GET",
                "/v1/events",
                "watch",
                "Server-sent events: round, act, members.",
                MEMBER,
                this::watch)
            .gives("text/event-stream"),
        ApiRoute.<Caller>of(
                "POST",
                "/rpc",
                "callChain",
                "JSON-RPC of the chain: reads, and transactions that are signed already.",
                MEMBER,
                call -> node.rpc().answer(call.bytes()))
            .takes("application/json", node.rpc().limits().bodyBytes())
            .gives("application/json"));
  }

  private NodeInfo heartbeat(ApiCall<Caller> call) {
    HeartbeatRequest said = call.body(HeartbeatRequest.class);
    if (!TYPES.contains(said.type())) {
      throw ApiProblem.badValue(
          "type", "type is " + said.type() + "; it has to be one of " + TYPES);
    }
    if (!said.uuid().matches("[A-Za-z0-9-]{1,64}")) {
      throw ApiProblem.badValue("uuid", "uuid has to be 1 to 64 letters, digits and dashes");
    }
    Member member = call.caller().member();
    HeardNodes.Heartbeat heartbeat =
        new HeardNodes.Heartbeat(
            said.type(),
            member.name(),
            member.organisation(),
            said.address(),
            said.version(),
            said.uuid(),
            node.uuid(),
            System.currentTimeMillis());
    node.heard().accept(heartbeat);
    return node.nodes().all().stream()
        .filter(known -> known.uuid().equals(said.uuid()))
        .findFirst()
        .orElseThrow();
  }

  private List<AuditInfo> audit(long from) {
    long first = Math.max(from, node.chain().options().startBlock());
    long newest = node.swarm().block();
    if (first > newest) {
      return List.of();
    }
    return node.chain().audit().events(first, Math.min(newest, first + BLOCKS_A_PAGE - 1)).stream()
        .map(event -> info(event, node.swarm().newest()))
        .toList();
  }

  /** One act with who did it. */
  static AuditInfo info(AuditEvent event, SwarmSnapshot swarm) {
    Optional<Member> actor = swarm.byAccount(event.actor());
    return new AuditInfo(
        event.block(),
        event.time().toString(),
        event.transaction(),
        event.actor(),
        actor.map(Member::name).orElse(null),
        actor.map(Member::keyHash).filter(key -> !key.isEmpty()).orElse(null),
        event.act(),
        event.text());
  }

  private @Nullable Object watch(ApiCall<Caller> call) {
    if (!node.events().hasRoom()) {
      throw ApiProblem.of(
          503, "busy", "too many watch this node already; watch another network node");
    }
    call.context().contentType("text/event-stream");
    call.context().header("Cache-Control", "no-store");
    node.events().serve(new SseClient(call.context()));
    return null;
  }
}
