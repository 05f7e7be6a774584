package io.swarmstream.local.processes;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainDeployment;
import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.embedded.Anvil;
import io.swarmstream.jobs.options.SwarmProperties;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A development chain for one machine. The node writes the keys of its accounts to its log; they
 * are publicly known.
 */
final class DevelopmentChain implements ClusterChain {
  private static final ChainOptions.Timeouts ANSWER =
      new ChainOptions.Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(5));

  private final Path folder;
  private final ClusterFiles files;
  private final Ports ports;

  DevelopmentChain(ClusterOptions options, ClusterFiles files, Ports ports) {
    this.folder = options.folder();
    this.files = files;
    this.ports = ports;
  }

  @Override
  public Part part() {
    return Part.CHAIN;
  }

  @Override
  public List<String> command() {
    return Anvil.command(ports.of(Port.CHAIN), files.chain());
  }

  @Override
  public void prepare() throws IOException {
    new ChainFile(files.chain()).mend();
  }

  @Override
  public String url() {
    return "http://127.0.0.1:" + ports.of(Port.CHAIN);
  }

  @Override
  public boolean isUp() {
    return Await.isListening(ports.of(Port.CHAIN));
  }

  /** Asks for a block. */
  @Override
  public boolean isAnswering() {
    if (!Files.exists(folder.resolve(SwarmProperties.FILE))) {
      return true;
    }
    ChainOptions chain = SwarmProperties.in(folder).chainOptions().withTimeouts(ANSWER);
    try (ChainClient client = ChainClient.reading(chain)) {
      return client.newestBlock() >= 0;
    } catch (RuntimeException e) {
      return false;
    }
  }

  @Override
  public SwarmProperties deploy(Steps steps) throws Exception {
    if (!Files.exists(folder.resolve(SwarmProperties.FILE))) {
      ChainOptions deployed =
          steps.run("deploying the smart contracts", () -> ChainDeployment.deploy(url(), owner()));
      PrivateFiles.write(files.coordinatorKey(), keys().get(1));
      new SwarmProperties(
              "localhost:" + ports.of(Port.KAFKA),
              url(),
              deployed.trainingContracts(),
              deployed.roundAnchors())
          .writeTo(folder);
    }
    if (!OwnerFiles.areIn(folder)) {
      OwnerFiles.write(folder, keys().get(0), coordinator().address());
    }
    return SwarmProperties.in(folder);
  }

  @Override
  public void keep() throws Exception {
    new ChainFile(files.chain()).keep();
  }

  @Override
  public SiteKey owner() throws IOException {
    return SiteKey.ofHex(keys().get(0));
  }

  @Override
  public SiteKey coordinator() throws IOException {
    return SiteKey.ofHex(keys().get(1));
  }

  private List<String> keys() throws IOException {
    try (Stream<String> lines = Files.lines(new PartProcess(part().label(), folder).log())) {
      return Anvil.devKeys(lines);
    }
  }
}
