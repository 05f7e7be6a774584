package io.swarmstream.site.node.join;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.network.ApiRefusalException;
import io.swarmstream.clients.network.ContractInfo;
import io.swarmstream.clients.network.FoundingOrder;
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
    var unused = isSoon(() -> chain.registry().names().contains(contract));
    return true;
  }

  @Override
  public void enrol(String contract, String site, String name, int maxWeight)
      throws InterruptedException {
    boolean isEnrolled =
        isSoon(
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
                  + "; ask an admin, or the contract's owner "
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

  private static boolean isSoon(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + CHAIN_FOLLOWS.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(POLL_MS);
    }
    return true;
  }
}
