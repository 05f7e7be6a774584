package io.swarmstream.network.api;

import static io.swarmstream.network.api.MemberGate.CONSOLE;

import io.swarmstream.clients.chain.InvitationOffer;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.MemberAct;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.network.ActInfo;
import io.swarmstream.clients.network.InvitationFile;
import io.swarmstream.clients.network.InvitationOrder;
import io.swarmstream.clients.network.RolesOrder;
import io.swarmstream.network.govern.Inviting;
import io.swarmstream.network.govern.MemberGovernance;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.web.ApiCall;
import io.swarmstream.web.ApiProblem;
import io.swarmstream.web.ApiRoute;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Routes by which the node's own member governs the swarm. They sign with the node's account, so
 * nobody else may call them, whatever its roles.
 */
final class ActRoutes {
  private static final int LONGEST_DAYS = 365;

  private final NodeParts node;

  ActRoutes(NodeParts node) {
    this.node = node;
  }

  List<ApiRoute<Caller>> all() {
    return List.of(
        ApiRoute.<Caller>of(
                "POST",
                "/v1/invitations",
                "invite",
                "Invites a member; the answer is the file that it joins with. For the node's own"
                    + " member, an admin.",
                CONSOLE,
                this::invite)
            .takes(InvitationOrder.class)
            .gives(InvitationFile.class),
        act("approve", "Lets a pending member act.", MemberGovernance::approve),
        act("suspend", "Takes all rights of a member.", MemberGovernance::suspend),
        act("resume", "Gives a suspended member its rights back.", MemberGovernance::resume),
        act("remove", "Ends a membership and its places in contracts.", MemberGovernance::remove),
        ApiRoute.<Caller>of(
                "PUT",
                "/v1/members/{name}/roles",
                "setRoles",
                "Sets what a member may do. For the node's own member, an admin.",
                CONSOLE,
                call -> {
                  Set<Role> roles = roles(call.body(RolesOrder.class).roles());
                  return act(call, (members, name) -> members.setRoles(name, roles));
                })
            .takes(RolesOrder.class)
            .gives(ActInfo.class));
  }

  /** What an admin does with a member. */
  private interface Act {
    MemberAct of(MemberGovernance members, String name);
  }

  private ApiRoute<Caller> act(String verb, String summary, Act act) {
    return ApiRoute.<Caller>of(
            "POST",
            "/v1/members/{name}/" + verb,
            verb + "Member",
            summary + " For the node's own member, an admin.",
            CONSOLE,
            call -> act(call, act))
        .gives(ActInfo.class);
  }

  private ActInfo act(ApiCall<Caller> call, Act act) {
    OwnActs.check(node.console(), call, Role.ADMIN);
    String name = call.path("name");
    if (node.swarm().refresh().byName(name).isEmpty()) {
      throw ApiProblem.of(
          404,
          "unknown-member",
          "there is no member "
              + name
              + "; there are "
              + node.swarm().newest().members().stream().map(Member::name).distinct().toList());
    }
    MemberAct done =
        OwnActs.byTheChain(
            () -> act.of(new MemberGovernance(node.chain(), node.own().isOwnChain()), name));
    // So that whoever asks next is told of it.
    var unused = node.swarm().refresh();
    return new ActInfo(done.isDone(), done.votes(), done.needed(), done.transaction());
  }

  private byte[] invite(ApiCall<Caller> call) {
    OwnActs.check(node.console(), call, Role.ADMIN);
    InvitationOrder order = call.body(InvitationOrder.class);
    Set<Role> roles = roles(order.roles());
    String token = Inviting.newToken();
    InvitationOffer offer = offer(order, roles, token);
    Inviting inviting = new Inviting(node.chain(), node.addresses().get().networkNodes());
    return OwnActs.byTheChain(() -> inviting.invite(offer, order.contract(), token))
        .toJson()
        .getBytes(StandardCharsets.UTF_8);
  }

  private static InvitationOffer offer(InvitationOrder order, Set<Role> roles, String token) {
    String name = OwnActs.name("name", order.name());
    @Nullable String contract = order.contract();
    if (contract != null) {
      checkContract(contract, roles);
    }
    return new InvitationOffer(
        InvitationOffer.hashOf(token),
        name,
        order.organisation() == null ? name : OwnActs.name("organisation", order.organisation()),
        roles,
        contract == null ? "" : contract,
        OwnActs.number("weight", order.weight(), 1, Integer.MAX_VALUE, 1),
        Instant.now()
            .plus(
                Duration.ofDays(
                    OwnActs.number("expiresDays", order.expiresDays(), 1, LONGEST_DAYS, 7))),
        Boolean.TRUE.equals(order.approval()));
  }

  private static void checkContract(String contract, Set<Role> roles) {
    if (!roles.contains(Role.SITE)) {
      throw ApiProblem.badValue(
          "contract", "contract needs the role site: only sites are enrolled");
    }
    try {
      if (!contract.equals(InvitationFile.ALL_CONTRACTS)) {
        var unused = ContractTerms.checkName(contract);
      }
    } catch (IllegalArgumentException e) {
      throw ApiProblem.badValue("contract", "contract: " + e.getMessage()).because(e);
    }
  }

  private static Set<Role> roles(@Nullable List<String> names) {
    if (names == null || names.isEmpty() || names.stream().anyMatch(Objects::isNull)) {
      throw ApiProblem.badValue("roles", "roles is empty; name at least one role");
    }
    Set<Role> roles = new LinkedHashSet<>();
    try {
      names.forEach(name -> roles.add(Role.named(name)));
    } catch (IllegalArgumentException e) {
      throw ApiProblem.badValue("roles", "roles: " + e.getMessage()).because(e);
    }
    return roles;
  }
}
