package io.swarmstream.network.api;

import static io.swarmstream.network.api.MemberGate.MEMBER;

import io.swarmstream.clients.chain.AuditEvent;
import io.swarmstream.clients.chain.BoundKeys;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.network.AuditInfo;
import io.swarmstream.clients.network.RefusalInfo;
import io.swarmstream.web.ApiCall;
import io.swarmstream.web.ApiRoute;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Routes about who did what, and what was refused. */
final class AuditRoutes {
  private static final int BLOCKS_A_PAGE = 10_000;

  private final ConsoleParts node;
  private @Nullable BoundKeys keys;

  AuditRoutes(ConsoleParts node) {
    this.node = node;
  }

  List<ApiRoute<Caller>> all() {
    return List.of(
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
                "/v1/audit/refused",
                "listRefusals",
                "What this node has refused since it was started, the newest first; for the roles admin and network.",
                MEMBER,
                this::refusals)
            .givesListOf(RefusalInfo.class));
  }

  private List<RefusalInfo> refusals(ApiCall<Caller> call) {
    var unused = call.caller().with(Role.ADMIN, Role.NETWORK);
    return node.refusals().all();
  }

  private List<AuditInfo> audit(long from) {
    long first = Math.max(from, node.chain().options().startBlock());
    long newest = node.swarm().block();
    if (first > newest) {
      return List.of();
    }
    BoundKeys bound = keys();
    bound.follow(newest);
    return node.chain().audit().events(first, Math.min(newest, first + BLOCKS_A_PAGE - 1)).stream()
        .map(event -> info(event, bound))
        .toList();
  }

  private synchronized BoundKeys keys() {
    BoundKeys known = keys;
    if (known == null) {
      known = node.chain().boundKeys();
      keys = known;
    }
    return known;
  }

  /** One act with who did it. */
  private AuditInfo info(AuditEvent event, BoundKeys bound) {
    return new AuditInfo(
        event.block(),
        event.time().toString(),
        event.transaction(),
        event.actor(),
        node.swarm().newest().byAccount(event.actor()).map(Member::name).orElse(null),
        bound.of(event).orElse(null),
        event.onBehalfOf().orElse(null),
        event.act(),
        event.text());
  }
}
