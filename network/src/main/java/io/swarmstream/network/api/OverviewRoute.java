package io.swarmstream.network.api;

import io.swarmstream.clients.network.RoundLine;
import io.swarmstream.web.ApiCall;
import io.swarmstream.web.ApiRoute;
import java.util.List;

/** The route of rounds in short, which people page through. */
final class OverviewRoute {
  private static final int USUAL_ROUNDS = 20;

  /** Each is a request to the chain. */
  private static final int MOST_ROUNDS = 50;

  private final ConsoleParts node;

  OverviewRoute(ConsoleParts node) {
    this.node = node;
  }

  ApiRoute<Caller> route() {
    return ApiRoute.<Caller>of(
            "GET",
            "/v1/contracts/{name}/overview",
            "listRoundLines",
            "The newest rounds in short, or those before another one; newest first.",
            MemberGate.MEMBER,
            this::lines)
        .query("newest", int.class, "How many, 1 to 50; 20 if it is not said.")
        .query("before", long.class, "The rounds before this one are given.")
        .query("generation", int.class, TrainingName.GENERATION)
        .givesListOf(RoundLine.class);
  }

  private List<RoundLine> lines(ApiCall<Caller> call) {
    String contract = TrainingName.onChain(call, node.drafts());
    return node
        .reading()
        .rounds()
        .lines(
            contract,
            call.query("before", Long.MAX_VALUE, 0, Long.MAX_VALUE),
            (int) call.query("newest", USUAL_ROUNDS, 1, MOST_ROUNDS))
        .stream()
        .map(
            line ->
                line.with(
                    RoundViews.isAnchored(node.chain(), contract, line.round(), line.recordHash()),
                    node.reading().verifications().verdict(contract, line.round()).orElse(null)))
        .toList();
  }
}
