package io.swarmstream.contracts;

import io.swarmstream.schemas.layout.ModelLayout;
import java.io.IOException;
import java.util.Optional;

/**
 * Creates contracts from drafts and enrols sites, for a site whose trainer is the first to bring a
 * layout.
 */
public interface ContractFounder {
  /** The draft of a name, if there is one. */
  Optional<Draft> draft(String name) throws IOException;

  /**
   * Creates the contract of a draft, unless there is one of that name.
   *
   * @return false: there is one already
   * @throws IllegalArgumentException when the job could not serve it
   */
  boolean create(Draft draft, NewTerms terms, ModelLayout layout)
      throws IOException, InterruptedException;

  /**
   * Enrols a site, unless it is enrolled.
   *
   * @param maxWeight greatest weight that it may ask for
   * @throws io.swarmstream.clients.chain.ChainRefusalException when another site has its name
   */
  void enrol(String contract, String site, String name, int maxWeight)
      throws IOException, InterruptedException;
}
