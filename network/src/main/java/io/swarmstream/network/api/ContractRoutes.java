package io.swarmstream.network.api;

import static io.swarmstream.network.api.MemberGate.MEMBER;

import io.swarmstream.clients.chain.ChainException;
import io.swarmstream.clients.chain.ContractDraft;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.network.ContractInfo;
import io.swarmstream.clients.network.ContractName;
import io.swarmstream.clients.network.FoundingOrder;
import io.swarmstream.clients.network.ParticipantInfo;
import io.swarmstream.clients.network.RoundInfo;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.web.ApiCall;
import io.swarmstream.web.ApiProblem;
import io.swarmstream.web.ApiRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Routes about training contracts and their rounds. */
final class ContractRoutes {
  private static final int USUAL_ROUNDS = 20;
  private static final int MOST_ROUNDS = 1_000;

  /** Each is a request to the chain. */
  private static final int ANCHORS_LOOKED_UP = 50;

  private final NodeParts node;

  ContractRoutes(NodeParts node) {
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
                call -> contract(name(call)))
            .gives(ContractInfo.class),
        ApiRoute.<Caller>of(
                "GET",
                "/v1/contracts/{name}/rounds",
                "listRounds",
                "The newest rounds, oldest first.",
                MEMBER,
                call ->
                    rounds(
                        onChain(name(call)),
                        (int) call.query("newest", USUAL_ROUNDS, 1, MOST_ROUNDS)))
            .query("newest", int.class, "How many, 1 to 1000; 20 if it is not said.")
            .givesListOf(RoundInfo.class),
        ApiRoute.<Caller>of(
                "GET",
                "/v1/contracts/{name}/performance",
                "listPerformance",
                "What each site last reported of itself.",
                MEMBER,
                call -> new ArrayList<>(node.rounds().performance(onChain(name(call))).values()))
            .givesListOf(ParticipantInfo.class),
        ApiRoute.<Caller>of(
                "POST",
                "/v1/contracts/{name}",
                "createContract",
                "Creates a drafted contract with the layout that its first trainer brings.",
                MEMBER,
                this::create)
            .takes(FoundingOrder.class)
            .gives(ContractName.class));
  }

  private static String name(ApiCall<Caller> call) {
    try {
      return ContractTerms.checkName(call.path("name"));
    } catch (IllegalArgumentException e) {
      throw ApiProblem.badValue("name", String.valueOf(e.getMessage())).because(e);
    }
  }

  private List<ContractInfo> contracts() {
    Map<String, ContractInfo> all = new TreeMap<>();
    for (String name : node.chain().members().draftNames()) {
      ContractDraft draft = node.chain().members().draft(name).orElse(null);
      String contract = draft == null ? name : draft.contract();
      all.put(contract, Views.of(name, contract, draft, node.chain()));
    }
    for (String contract : node.chain().registry().names()) {
      all.computeIfAbsent(contract, same -> Views.of(contract, contract, null, node.chain()));
    }
    return new ArrayList<>(all.values());
  }

  private ContractInfo contract(String name) {
    @Nullable ContractDraft draft = node.chain().members().draft(name).orElse(null);
    String contract = draft == null ? name : draft.contract();
    if (draft == null && !node.chain().registry().names().contains(contract)) {
      throw ApiProblem.of(
          404,
          "unknown-contract",
          "there is no contract " + name + "; there are " + node.chain().registry().names());
    }
    return Views.of(name, contract, draft, node.chain());
  }

  private String onChain(String name) {
    return node.chain().members().draft(name).map(ContractDraft::contract).orElse(name);
  }

  private List<RoundInfo> rounds(String contract, int newest) {
    List<RoundInfo> rounds = node.rounds().newest(contract, newest);
    List<RoundInfo> anchored = new ArrayList<>();
    for (int i = 0; i < rounds.size(); i++) {
      RoundInfo round = rounds.get(i);
      anchored.add(
          rounds.size() - i > ANCHORS_LOOKED_UP
              ? round
              : new RoundInfo(
                  round.round(),
                  round.modelHash(),
                  round.recordHash(),
                  isAnchored(contract, round).orElse(null),
                  round.participants()));
    }
    return anchored;
  }

  private Optional<Boolean> isAnchored(String contract, RoundInfo round) {
    try {
      return Optional.of(
          node.chain()
              .anchors()
              .anchor(contract, round.round())
              .filter(anchor -> anchor.recordHash().equals(round.recordHash()))
              .isPresent());
    } catch (ChainException e) {
      return Optional.empty();
    }
  }

  private ContractName create(ApiCall<Caller> call) throws Exception {
    var unused = call.caller().with(Role.SITE, Role.OWNER, Role.ADMIN);
    return new ContractName(node.founding().create(name(call), call.body(FoundingOrder.class)));
  }
}
