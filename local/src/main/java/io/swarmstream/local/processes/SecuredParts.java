package io.swarmstream.local.processes;

import io.swarmstream.identity.Identity;
import io.swarmstream.identity.spiffe.BroughtIdentity;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * The chain of a secured cluster, which also knows who its processes are: all of them belong to one
 * organisation, whose authority is here.
 */
interface SecuredParts extends ClusterChain {
  /** Issues the identity of another process of this organisation. */
  Identity issue(String name, Collection<String> hosts) throws Exception;

  /** Renews a certificate; the key stays, and with it all rights. */
  Identity renew(Identity identity, Collection<String> hosts) throws Exception;

  /** Whether a certificate is one that {@link #issue} made, so that {@link #renew} can. */
  boolean isIssuerOf(Identity identity) throws Exception;

  /** Has the network node take its identity from the organisation's files or Workload API. */
  void bring(BroughtIdentity identity) throws Exception;

  /** Who administers the swarm from this machine: the folder of its identity. */
  Path administrator();

  /** Has the authorities of these identities follow those of the swarm. */
  void follow(List<Path> identities) throws Exception;
}
