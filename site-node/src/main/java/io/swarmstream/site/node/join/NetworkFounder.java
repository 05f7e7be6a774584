package io.swarmstream.site.node.join;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ContractDraft;
import io.swarmstream.clients.network.ApiRefusalException;
import io.swarmstream.clients.network.ContractInfo;
import io.swarmstream.clients.network.FoundingOrder;
import io.swarmstream.clients.network.InvitationFile;
import io.swarmstream.clients.network.NetworkClient;
import io.swarmstream.contracts.ContractFounder;
import io.swarmstream.contracts.Draft;
import io.swarmstream.contracts.NewTerms;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Has a network node create contracts from their drafts, which are on the chain. The node enrols
 * the sites that were invited for a contract; a site cannot enrol itself.
 */
public final class NetworkFounder implements ContractFounder {
  private static final int NOT_FOUND = 404;

  /** The node that the site reads the chain from may be some blocks behind. */
  private static final Duration CHAIN_FOLLOWS = Duration.ofSeconds(10);

  /** A network node enrols those who were invited for a contract, one after another. */
  private static final Duration INVITED = Duration.ofMinutes(2);

  private static final long POLL_MS = 100;

  private final NetworkClient network;
  private final ChainClient chain;

  /**
   * A founder.
   *
   * @param chain the site's view of it
   */
  public NetworkFounder(NetworkClient network, ChainClient chain) {
    this.network = network;
    this.chain = chain;
  }

  @Override
  public Optional<Draft> draft(String name) {
    try {
      ContractInfo found = network.contract(name);
      String text = found.draft();
      return text == null
          ? Optional.empty()
          : Optional.of(Draft.ofText(name, Math.toIntExact(found.generation()), text));
    } catch (ApiRefusalException e) {
      if (e.status() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public boolean create(Draft draft, NewTerms terms, ModelLayout layout)
      throws InterruptedException {
    String contract =
        network.found(
            draft.name(),
            new FoundingOrder(
                layout.toString(), terms.method(), terms.minPeers(), terms.adaptiveInterval()));
    var unused = isSoon(CHAIN_FOLLOWS, () -> chain.registry().names().contains(contract));
    return true;
  }

  @Override
  public void enrol(String contract, String site, String name, int maxWeight)
      throws InterruptedException {
    Duration patience = isInvited(contract, site) ? INVITED : CHAIN_FOLLOWS;
    boolean isEnrolled =
        isSoon(
            patience,
            () ->
                chain.registry().sites(contract).stream()
                    .anyMatch(enrolled -> enrolled.address().equals(site)));
    if (!isEnrolled) {
      throw ProblemException.of(
              ProblemCode.NOT_ENROLLED,
              "site "
                  + name
                  + " is a member of the swarm, but not enrolled in contract "
                  + contract
                  + " after "
                  + patience.toSeconds()
                  + " s; ask an admin, or the contract's owner "
                  + chain.registry().owner(contract).orElse("")
                  + ", to enrol it: 'swarm contract enrol "
                  + contract
                  + " "
                  + name
                  + "'")
          .in("site")
          .values("an enrolled site", site);
    }
  }

  /** Whether a network node is to enrol the site without being asked. */
  private boolean isInvited(String contract, String site) {
    return chain.members().all().stream()
        .filter(member -> member.account().equals(site) && !member.invitation().isEmpty())
        .flatMap(member -> chain.members().invitation(member.invitation()).stream())
        .map(invitation -> invitation.offer().contract())
        .anyMatch(
            named ->
                named.equals(InvitationFile.ALL_CONTRACTS)
                    || ContractDraft.onChain(named, chain.members().generation(named))
                        .equals(contract));
  }

  private static boolean isSoon(Duration patience, BooleanSupplier condition)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(POLL_MS);
    }
    return true;
  }
}
