package io.swarmstream.network.govern;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.MemberAct;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.network.enrol.Funding;
import io.swarmstream.network.enrol.SiteEnrolment;
import java.util.Set;

/**
 * Lets members act, takes their rights, and gives them back. Signs with the account of its client,
 * which has to be an admin's: the chain refuses others.
 */
public final class MemberGovernance {
  private final ChainClient chain;
  private final Funding funding;

  /**
   * Governs by this client's account.
   *
   * @param isOwnChain false: the chain's currency is worth something, and members get none
   */
  public MemberGovernance(ChainClient chain, boolean isOwnChain) {
    this.chain = chain;
    this.funding = new Funding(chain, isOwnChain);
  }

  /** Lets a pending member act, and enrols it in the contract that it was invited for. */
  public MemberAct approve(String name) {
    MemberAct act = chain.membership().approve(account(name));
    if (act.isDone()) {
      Member approved = named(name);
      funding.fund(approved);
      new SiteEnrolment(chain).enrolInvited(approved);
    }
    return act;
  }

  public MemberAct suspend(String name) {
    return chain.membership().suspend(account(name));
  }

  public MemberAct resume(String name) {
    return chain.membership().resume(account(name));
  }

  /** Ends a membership, and its places in contracts. */
  public MemberAct remove(String name) {
    String account = account(name);
    new SiteEnrolment(chain).removeFromAll(account);
    return chain.membership().remove(account);
  }

  public MemberAct setRoles(String name, Set<Role> roles) {
    return chain.membership().setRoles(account(name), roles);
  }

  private String account(String name) {
    return named(name).account();
  }

  /**
   * The member of a name.
   *
   * @throws IllegalStateException when there is none; says who there is
   */
  private Member named(String name) {
    return chain
        .members()
        .byName(name)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "there is no member "
                        + name
                        + "; there are "
                        + chain.members().all().stream().map(Member::name).distinct().toList()));
  }
}
