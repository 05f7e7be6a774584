package io.swarmstream.network.api;

import static io.swarmstream.network.api.MemberGate.CONSOLE;
import static io.swarmstream.network.api.MemberGate.MEMBER;

import io.swarmstream.clients.chain.ContractDraft;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.network.ActInfo;
import io.swarmstream.clients.network.ContractName;
import io.swarmstream.clients.network.EnrolmentOrder;
import io.swarmstream.clients.network.FoundingOrder;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.web.ApiCall;
import io.swarmstream.web.ApiProblem;
import io.swarmstream.web.ApiRoute;
import java.util.List;

/** Routes by which contracts get their model, from a member, and their sites. */
final class FoundingRoutes {
  private final NodeParts node;

  FoundingRoutes(NodeParts node) {
    this.node = node;
  }

  List<ApiRoute<Caller>> all() {
    return List.of(
        ApiRoute.<Caller>of(
                "POST",
                "/v1/contracts/{name}",
                "createContract",
                "Creates a drafted contract with the layout that its first trainer brings.",
                MEMBER,
                this::create)
            .takes(FoundingOrder.class)
            .gives(ContractName.class),
        ApiRoute.<Caller>of(
                "POST",
                "/v1/contracts/{name}/sites",
                "enrolSite",
                "Lets a site take part in a contract that is on the chain. For the node's own"
                    + " member, an owner or admin.",
                CONSOLE,
                this::enrol)
            .takes(EnrolmentOrder.class)
            .gives(ActInfo.class));
  }

  private ContractName create(ApiCall<Caller> call) throws Exception {
    var unused = call.caller().with(Role.SITE, Role.OWNER, Role.ADMIN);
    return new ContractName(
        node.founding().create(TrainingName.said(call), call.body(FoundingOrder.class)));
  }

  private ActInfo enrol(ApiCall<Caller> call) {
    OwnActs.check(node.console(), call, Role.OWNER, Role.ADMIN);
    EnrolmentOrder order = call.body(EnrolmentOrder.class);
    int weight = OwnActs.number("weight", order.weight(), 1, Integer.MAX_VALUE, 1);
    List<Member> sites = node.swarm().refresh().with(Role.SITE);
    Member site =
        sites.stream()
            .filter(known -> known.name().equals(order.site()))
            .findFirst()
            .orElseThrow(
                () ->
                    ApiProblem.badValue(
                        "site",
                        "there is no active site "
                            + order.site()
                            + "; there are "
                            + sites.stream().map(Member::name).toList()));
    String name = OwnActs.field("name", () -> ContractTerms.checkName(call.path("name")));
    String contract =
        node.console()
            .drafts()
            .find(name)
            .filter(draft -> !draft.text().isEmpty())
            .map(ContractDraft::contract)
            .orElse(name);
    String transaction =
        OwnActs.field(
            "weight",
            () ->
                OwnActs.byTheChain(
                    () ->
                        node.chain()
                            .administration()
                            .enrolSite(contract, site.account(), site.name(), weight)));
    return new ActInfo(true, 1, 1, transaction);
  }
}
