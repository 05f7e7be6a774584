package io.swarmstream.network.api;

import static io.swarmstream.network.api.MemberGate.MEMBER;

import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.network.HeartbeatRequest;
import io.swarmstream.clients.network.NodeInfo;
import io.swarmstream.clients.network.SwarmAddresses;
import io.swarmstream.clients.network.TrainingProgress;
import io.swarmstream.network.log.HeardNodes;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.telemetry.MetricPage;
import io.swarmstream.web.ApiCall;
import io.swarmstream.web.ApiProblem;
import io.swarmstream.web.ApiRoute;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Routes that members' programs call, and those about these programs. */
final class ProgramRoutes {
  private static final List<String> TYPES = List.of("SN", "SL", "SWOP");

  private final NodeParts node;

  ProgramRoutes(NodeParts node) {
    this.node = node;
  }

  List<ApiRoute<Caller>> all() {
    return List.of(
        ApiRoute.<Caller>of(
                "GET",
                "/metrics",
                "getMetrics",
                "Metrics in Prometheus's text format.",
                MEMBER,
                call -> node.metrics().page().bytes())
            .gives(MetricPage.MEDIA_TYPE),
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
            System.currentTimeMillis(),
            trainings(said.trainings()),
            said.ends());
    node.heard().accept(heartbeat);
    return node.nodes().all().stream()
        .filter(known -> known.uuid().equals(said.uuid()))
        .findFirst()
        .orElseThrow();
  }

  private static List<TrainingProgress> trainings(@Nullable List<TrainingProgress> said) {
    if (said == null) {
      return List.of();
    }
    if (said.size() > HeartbeatRequest.MOST_TRAININGS) {
      throw ApiProblem.badValue(
          "trainings",
          "trainings has "
              + said.size()
              + " entries; at most "
              + HeartbeatRequest.MOST_TRAININGS
              + " are taken");
    }
    return said.stream().map(ProgramRoutes::checked).toList();
  }

  private static TrainingProgress checked(@Nullable TrainingProgress said) {
    if (said == null || Objects.isNull(said.contract())) { // JSON may leave it out
      throw ApiProblem.badValue("trainings", "contract: it is missing; name the training contract");
    }
    try {
      return new TrainingProgress(
          ContractTerms.checkName(said.contract()),
          Double.isFinite(said.epochs()) ? said.epochs() : 0,
          Double.isFinite(said.totalEpochs()) ? said.totalEpochs() : 0,
          known(said.loss()),
          known(said.metric()));
    } catch (IllegalArgumentException e) {
      throw ApiProblem.badValue("trainings", "contract: " + e.getMessage()).because(e);
    }
  }

  /** JSON has no NaN, but "NaN" is read as one. */
  private static @Nullable Double known(@Nullable Double value) {
    return value != null && Double.isFinite(value) ? value : null;
  }
}
