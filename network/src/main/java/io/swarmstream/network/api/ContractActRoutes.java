package io.swarmstream.network.api;

import static io.swarmstream.network.api.MemberGate.CONSOLE;

import io.swarmstream.clients.chain.MemberAct;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.network.ActInfo;
import io.swarmstream.clients.network.DraftOrder;
import io.swarmstream.contracts.ContractOwner;
import io.swarmstream.contracts.ContractRule;
import io.swarmstream.contracts.Draft;
import io.swarmstream.contracts.WantedLimits;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Limits;
import io.swarmstream.schemas.Optimizer;
import io.swarmstream.schemas.Privacy;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.masking.PrivacyRule;
import io.swarmstream.web.ApiCall;
import io.swarmstream.web.ApiProblem;
import io.swarmstream.web.ApiRoute;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Routes by which the node's own member drafts and resets contracts. */
final class ContractActRoutes {
  private static final String FOR_OWN = " For the node's own member, an owner or admin.";
  private static final int LONGEST_GRACE_SECONDS = 7 * 24 * 3600;

  private final ConsoleParts node;

  ContractActRoutes(ConsoleParts node) {
    this.node = node;
  }

  List<ApiRoute<Caller>> all() {
    return List.of(
        ApiRoute.<Caller>of(
                "POST",
                "/v1/drafts",
                "draftContract",
                "Drafts a contract; its first trainer brings the layout. For the node's own member,"
                    + " an owner.",
                CONSOLE,
                this::draft)
            .takes(DraftOrder.class)
            .gives(ActInfo.class),
        ApiRoute.<Caller>of(
                "POST",
                "/v1/contracts/{name}/reset",
                "resetContract",
                "Makes a contract a draft again, whose training starts anew." + FOR_OWN,
                CONSOLE,
                this::reset)
            .gives(ActInfo.class));
  }

  private ActInfo draft(ApiCall<Caller> call) {
    OwnActs.check(node, call, Role.OWNER);
    Draft draft = draft(call.body(DraftOrder.class));
    if (isDrafted(draft.name()) || node.chain().registry().terms(draft.name()).isPresent()) {
      throw ApiProblem.of(
          409,
          "contract-exists",
          "there is a contract "
              + draft.name()
              + " already; choose another name, or reset it if it is a draft");
    }
    return done(OwnActs.byTheChain(() -> node.drafts().write(draft)));
  }

  private boolean isDrafted(String name) {
    return node.drafts().find(name).filter(draft -> !draft.text().isEmpty()).isPresent();
  }

  private static Draft draft(DraftOrder order) {
    String name = OwnActs.field("name", () -> ContractTerms.checkName(text(order.name())));
    int minPeers = OwnActs.number("minPeers", order.minPeers(), 1, Integer.MAX_VALUE, 2);
    String merge = order.merge() == null ? "mean" : order.merge();
    DeltaEncoding encoding =
        order.encoding() == null
            ? DeltaEncoding.FLOAT32
            : OwnActs.field("encoding", () -> DeltaEncoding.named(text(order.encoding())));
    @Nullable Integer interval = order.adaptiveInterval();
    int maxWeight =
        OwnActs.number(
            "maxWeight", order.maxWeight(), 1, Integer.MAX_VALUE, ContractOwner.USUAL_MAX_WEIGHT);
    WantedLimits limits =
        new WantedLimits(
            OwnActs.field("maxShare", () -> new WantedLimits(order.maxShare(), null)).share(),
            OwnActs.field("maxNorm", () -> new WantedLimits(null, order.maxNorm())).norm());
    Optimizer optimizer =
        order.optimizer() == null
            ? Optimizer.NONE
            : OwnActs.field("optimizer", () -> Optimizer.of(text(order.optimizer())));
    Privacy privacy =
        OwnActs.field(
            "privacy",
            () ->
                privacy(
                    order,
                    merge,
                    minPeers,
                    encoding,
                    optimizer,
                    interval == null ? 0 : interval,
                    limits,
                    maxWeight));
    var unused =
        OwnActs.field("merge", () -> ContractRule.check(merge, privacy.rows(minPeers), encoding));
    return new Draft(
        name,
        1,
        Duration.ofSeconds(
            OwnActs.number("graceSeconds", order.graceSeconds(), 0, LONGEST_GRACE_SECONDS, 30)),
        minPeers,
        merge,
        encoding,
        interval == null
            ? null
            : OwnActs.number(
                "adaptiveInterval", interval, 0, ContractTerms.MAX_ADAPTIVE_INTERVAL, 0),
        limits,
        maxWeight,
        order.payloadHash() == null
            ? PayloadHash.BLAKE3
            : OwnActs.field("payloadHash", () -> PayloadHash.named(text(order.payloadHash()))),
        optimizer,
        privacy);
  }

  private static Privacy privacy(
      DraftOrder order,
      String merge,
      int minPeers,
      DeltaEncoding encoding,
      Optimizer optimizer,
      int interval,
      WantedLimits limits,
      int maxWeight) {
    Privacy privacy = order.privacy() == null ? Privacy.NONE : Privacy.of(text(order.privacy()));
    PrivacyRule.require(
        privacy, merge, minPeers, encoding, optimizer, interval, limits.or(Limits.NONE));
    privacy.requireWeight("maxWeight", maxWeight);
    return privacy;
  }

  /** JSON may leave a name out. */
  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private ActInfo reset(ApiCall<Caller> call) {
    OwnActs.check(node, call, Role.OWNER, Role.ADMIN);
    String name = OwnActs.field("name", () -> ContractTerms.checkName(call.path("name")));
    if (!isDrafted(name)) {
      throw ApiProblem.of(
          409,
          "no-draft",
          name
              + " was not created as a draft; terms on the chain never change: create another"
              + " contract");
    }
    return done(OwnActs.byTheChain(() -> node.drafts().reset(name)));
  }

  private ActInfo done(MemberAct act) {
    // A draft in a folder is in no block, by which others would hear of it.
    node.events().tell("members", node.swarm().newest().members().size());
    return new ActInfo(act.isDone(), act.votes(), act.needed(), act.transaction());
  }
}
