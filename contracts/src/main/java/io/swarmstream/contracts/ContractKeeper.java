package io.swarmstream.contracts;

import io.swarmstream.schemas.layout.ModelLayout;
import java.io.IOException;
import java.util.List;

/** What the owner of contracts does, be they those of a local swarm or of one with members. */
public interface ContractKeeper extends ContractFounder {
  /** All drafts. */
  List<Draft> drafts() throws IOException;

  /** Writes a draft that is not there yet. */
  void write(Draft draft) throws IOException;

  /** Makes a draft's training start anew; returns the draft of the next generation. */
  Draft reset(Draft draft) throws IOException;

  /**
   * Creates a contract without a draft, unless there is one of that name.
   *
   * @return false: there is one already
   * @throws IllegalArgumentException when the job could not serve it
   */
  boolean create(String contract, NewTerms terms, ModelLayout layout)
      throws IOException, InterruptedException;
}
