package io.swarmstream.local.node;

import io.swarmstream.contracts.ContractOwner;
import io.swarmstream.contracts.Draft;
import io.swarmstream.local.LocalSwarm;
import io.swarmstream.local.LocalSwarmOptions;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.node.NodeOptions;
import io.swarmstream.site.node.SiteNode;
import io.swarmstream.site.node.http.NodeServer;
import io.swarmstream.site.node.http.ServerOptions;
import java.nio.file.Path;
import java.time.Duration;

/** A swarm as {@code swarm up} starts it, and nodes of its sites. */
final class NodeSwarm implements AutoCloseable {
  private final LocalSwarm swarm;
  private final Path folder;
  private final ContractOwner owner;

  private NodeSwarm(LocalSwarm swarm, Path folder) {
    this.swarm = swarm;
    this.folder = folder;
    this.owner =
        new ContractOwner(
            folder,
            swarm.kafka(),
            swarm.chain(),
            SiteKey.ofHex(swarm.ownerKey()),
            swarm.coordinator());
  }

  /** Starts one; {@code folder} takes drafts, and the folders of the nodes. */
  static NodeSwarm start(Path folder) throws Exception {
    return new NodeSwarm(LocalSwarm.start(LocalSwarmOptions.defaults()), folder);
  }

  /** A node and its server. */
  record Running(SiteNode node, NodeServer server) implements AutoCloseable {
    /** As kill -9 would: nobody is told, nothing is waited for. */
    void kill() throws InterruptedException {
      server.close();
      node.abandon();
    }

    HttpTrainer trainer(String session) {
      return new HttpTrainer(server, session);
    }

    @Override
    public void close() throws InterruptedException {
      server.close();
      node.close();
    }
  }

  /** A node that enrols itself, as in a local swarm. */
  Running node(String name, long seed) {
    return running(options(name).withOwner(owner), seed);
  }

  /** A node that may enrol nobody, itself least of all. */
  Running outsider(String name, long seed) {
    return running(options(name), seed);
  }

  private NodeOptions options(String name) {
    return NodeOptions.of(name, swarm.kafka(), swarm.chain(), place(name));
  }

  private static Running running(NodeOptions options, long seed) {
    SiteNode node = SiteNode.of(options, SiteKey.ofSeed(seed));
    return new Running(node, NodeServer.start(node, ServerOptions.of("127.0.0.1", 0)));
  }

  /** A node's folder. */
  Path place(String name) {
    return folder.resolve(name);
  }

  /** A contract that its first trainer gives the layout. */
  void draft(String name, Duration grace) throws Exception {
    new Draft(name, 1, grace, null, null).writeTo(folder);
  }

  /** The same, whose sites encode their deltas. */
  void draft(String name, DeltaEncoding encoding) throws Exception {
    new Draft(name, 1, Duration.ofSeconds(3), null, null).withEncoding(encoding).writeTo(folder);
  }

  void draft(String name) throws Exception {
    draft(name, Duration.ofSeconds(3));
  }

  @Override
  public void close() {
    swarm.close();
  }
}
