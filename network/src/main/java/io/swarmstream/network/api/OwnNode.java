package io.swarmstream.network.api;

import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.network.LackInfo;
import io.swarmstream.web.SessionCookie;
import java.util.List;

/**
 * Whose a node is, where, and what it is.
 *
 * @param account of its member, which signs what the node does
 * @param url of its API, as members reach it
 * @param isOwnChain whether it runs its own Ethereum node
 * @param kind network, or local for a local swarm
 * @param cookie by which it knows browsers that have logged in
 * @param wayIn completes a sentence for those who show nothing
 * @param lacks what the console offers elsewhere
 */
public record OwnNode(
    String account,
    String url,
    boolean isOwnChain,
    String kind,
    SessionCookie cookie,
    String wayIn,
    List<LackInfo> lacks) {
  private static final String NETWORK_NODE = "network";
  private static final String LOCAL_SWARM = "local";

  private static final List<LackInfo> WITHOUT_NETWORK =
      List.of(
          new LackInfo(
              "members",
              "A local swarm has one owner and no members, so nobody is invited, approved or given"
                  + " roles; 'swarm network start' begins a swarm with members."),
          new LackInfo(
              "tasks",
              "A local swarm has no task agents, so there are no tasks; 'swarm network start' begins"
                  + " a swarm that has them."));

  /** A network node. */
  public static OwnNode ofNetwork(String account, String url, boolean isOwnChain) {
    return new OwnNode(
        account,
        url,
        isOwnChain,
        NETWORK_NODE,
        SessionCookie.OVER_TLS,
        "this node serves members, who show a certificate; newcomers enrol with an invitation, and"
            + " 'swarm console' prints a link that logs in a browser",
        List.of());
  }

  /**
   * A local swarm, which has an owner and no members.
   *
   * @param account of the owner
   */
  public static OwnNode ofLocal(String account, String url, SessionCookie cookie) {
    return new OwnNode(
        account,
        url,
        true,
        LOCAL_SWARM,
        cookie,
        "this console serves the swarm's owner; 'swarm console' prints a link that logs in a"
            + " browser",
        WITHOUT_NETWORK);
  }

  /** Whether the node is this member's. */
  boolean isOf(Member member) {
    return member.account().equals(account);
  }
}
