package io.swarmstream.local.processes;

import io.swarmstream.jobs.options.SwarmProperties;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.util.List;

/** The chain of a cluster: its process, its smart contracts, and the accounts that act. */
interface ClusterChain {
  /** The process that has the chain. */
  Part part();

  List<String> command();

  /** Prepares what the process needs, before each start. */
  void prepare() throws Exception;

  /** Where clients reach the chain. */
  String url();

  /** Whether the process is ready. */
  boolean isUp() throws InterruptedException;

  /** Whether it answers questions: a process that hangs still listens. */
  boolean isAnswering() throws InterruptedException;

  /**
   * Deploys the smart contracts unless they are, and writes what clients need into the folder.
   *
   * @return how to reach the swarm
   */
  SwarmProperties deploy(Steps steps) throws Exception;

  /** Makes sure that the chain survives a kill of its process. */
  void keep() throws Exception;

  /** Key of the account that owns training contracts. */
  SiteKey owner() throws IOException;

  /** Key of the account that anchors rounds. */
  SiteKey coordinator() throws IOException;
}
