package io.swarmstream.clients.chain;

/**
 * What became of a transaction to SwarmMembers.
 *
 * @param transaction its hash
 * @param votes admins who have sent this act, this time included
 * @param needed admins who have to send it before it takes effect
 */
public record MemberAct(String transaction, int votes, int needed) {
  /** Whether it took effect; false: other admins have to do the same. */
  public boolean isDone() {
    return votes >= needed;
  }
}
