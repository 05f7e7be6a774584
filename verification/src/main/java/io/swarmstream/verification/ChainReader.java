package io.swarmstream.verification;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.CoordinatorTerm;
import io.swarmstream.merge.MergeMethods;
import io.swarmstream.schemas.Anchor;
import io.swarmstream.schemas.ContractTerms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads from the chain what a verification compares the log with. */
final class ChainReader {
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** An anchor follows its record within seconds; later it counts as missing. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final ChainClient chain;
  private final String contract;

  ChainReader(ChainClient chain, String contract) {
    this.chain = chain;
    this.contract = contract;
  }

  /**
   * The terms of the contract.
   *
   * @throws IllegalArgumentException when there is no such contract, or this version does not know
   *     its merge method
   */
  ContractTerms terms() {
    ContractTerms terms =
        chain
            .registry()
            .terms(contract)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "there is no contract "
                            + contract
                            + " on "
                            + chain.network()
                            + "; there are "
                            + chain.registry().names()));
    MergeMethods.named(terms.method());
    return terms;
  }

  /**
   * Coordinators, anchors and enrolments of the contract.
   *
   * @param sealed number of rounds that have a record
   * @param patience longest wait for the anchors of the newest of them
   */
  ChainHistory history(ContractTerms terms, long sealed, Duration patience)
      throws InterruptedException {
    return new ChainHistory(
        terms,
        chain.registry().coordinators(contract).stream()
            .map(CoordinatorTerm::account)
            .collect(Collectors.toSet()),
        anchors(sealed, patience.compareTo(LONGEST_WAIT) < 0 ? patience : LONGEST_WAIT),
        chain.registry().enrolments(contract));
  }

  private List<Anchor> anchors(long sealed, Duration wait) throws InterruptedException {
    long endNanos = System.nanoTime() + wait.toNanos();
    long anchored = chain.anchors().nextRound(contract);
    while (anchored < sealed && System.nanoTime() < endNanos) {
      Thread.sleep(PAUSE.toMillis());
      anchored = chain.anchors().nextRound(contract);
    }
    List<Anchor> anchors = new ArrayList<>();
    for (long round = 0; round < anchored; round++) {
      Optional<Anchor> anchor = chain.anchors().anchor(contract, round);
      if (anchor.isEmpty()) {
        break; // Not our smart contract: all further rounds count as not anchored.
      }
      anchors.add(anchor.get());
    }
    return anchors;
  }
}
