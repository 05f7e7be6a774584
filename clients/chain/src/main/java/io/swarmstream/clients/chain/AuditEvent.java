package io.swarmstream.clients.chain;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One act that changed who may do what, as the chain has logged it.
 *
 * @param block number of the block
 * @param index place of the log in its block
 * @param time of the block
 * @param transaction its hash; the transaction is signed by the actor
 * @param actor account that sent the transaction, 0x and 40 lower-case hex digits. Who relays what
 *     another account has signed, such as the binding of a key, is the actor
 * @param act name of the smart contract's event, such as {@code MemberInvited}
 * @param text what the actor did, in the past tense, such as "invited hospital-b of org-b as site"
 * @param details the event's values by their name, in the event's order
 */
public record AuditEvent(
    long block,
    long index,
    Instant time,
    String transaction,
    String actor,
    String act,
    String text,
    Map<String, String> details) {
  /** Acts that an account signs, whoever sends them. */
  private static final Set<String> SIGNED = Set.of("MemberAdmitted", "KeyBound", "AccountRotated");

  public AuditEvent {
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  /**
   * Name of the member whose signature the act carries, if another account has sent it: a network
   * node admits newcomers and relays bindings and moves of members.
   */
  public Optional<String> onBehalfOf() {
    boolean isOwn =
        actor.equals(details.get("account")) || actor.equals(details.get("previousAccount"));
    return SIGNED.contains(act) && !isOwn
        ? Optional.ofNullable(details.get("name"))
        : Optional.empty();
  }
}
