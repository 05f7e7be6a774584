package io.swarmstream.network.api;

import static io.swarmstream.network.api.MemberGate.MEMBER;

import io.swarmstream.clients.network.ContractInfo;
import io.swarmstream.network.api.Generations.Generation;
import io.swarmstream.web.ApiProblem;
import io.swarmstream.web.ApiRoute;
import java.util.Comparator;
import java.util.List;

/** Routes about training contracts. */
final class ContractRoutes {
  private final ConsoleParts node;

  ContractRoutes(ConsoleParts node) {
    this.node = node;
  }

  List<ApiRoute<Caller>> all() {
    return List.of(
        ApiRoute.<Caller>of(
                "GET",
                "/v1/contracts",
                "listContracts",
                "All training contracts, drafts too.",
                MEMBER,
                call -> contracts())
            .givesListOf(ContractInfo.class),
        ApiRoute.<Caller>of(
                "GET",
                "/v1/contracts/{name}",
                "getContract",
                "A training contract: terms, sites, draft.",
                MEMBER,
                call -> contract(TrainingName.said(call)))
            .gives(ContractInfo.class));
  }

  private List<ContractInfo> contracts() {
    return Generations.all(node.drafts(), node.chain()).stream()
        .sorted(Comparator.comparing(Generation::contract))
        .map(each -> Views.of(each, node.chain()))
        .toList();
  }

  private ContractInfo contract(String name) {
    return Generations.named(name, node.drafts(), node.chain())
        .map(found -> Views.of(found, node.chain()))
        .orElseThrow(
            () ->
                ApiProblem.of(
                    404,
                    "unknown-contract",
                    "there is no contract "
                        + name
                        + "; there are "
                        + node.chain().registry().names()));
  }
}
