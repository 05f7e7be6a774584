package io.swarmstream.local.processes;

import io.swarmstream.identity.spiffe.BroughtIdentity;
import io.swarmstream.identity.spiffe.BroughtIdentity.Following;
import io.swarmstream.local.proof.LocalVerifier;
import io.swarmstream.network.NetworkNode;
import io.swarmstream.network.NodeBinding;
import io.swarmstream.network.folder.NetworkFolder;
import io.swarmstream.network.setup.NodePlan;
import io.swarmstream.network.setup.SentinelSetup;
import io.swarmstream.network.setup.SetupProgress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * The network node as a process: sets itself up at its first start, and serves until it is asked to
 * end.
 */
public final class NetworkProgram {
  private NetworkProgram() {}

  static List<String> command(Path folder, Secured secured, int port, int p2pPort, String kafka) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(NetworkProgram.class.getName());
    command.addAll(
        List.of(
            folder.toString(),
            secured.organisation(),
            secured.host(),
            Integer.toString(port),
            Integer.toString(p2pPort),
            kafka,
            secured.admits()));
    return command;
  }

  /** Arguments: folder, organisation, host, port, P2P port, Kafka's address, admitted roles. */
  public static void main(String[] args) {
    try {
      NetworkFolder folder = NetworkFolder.open(Path.of(args[0]));
      NodePlan plan =
          new NodePlan(
              args[1],
              args[1],
              args[2],
              Integer.parseInt(args[3]),
              Integer.parseInt(args[4]),
              args[5],
              null);
      Secured admits = new Secured(args[1], args[2], args[6]);
      SetupProgress progress = System.out::println;
      Following identity = follow(folder);
      NetworkNode node =
          NetworkNode.start(
              folder,
              SentinelSetup.run(folder, plan, progress),
              plan.host(),
              admits.policy(),
              new LocalVerifier());
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    node.close();
                    identity.close();
                  },
                  "network-stop"));
      NodeBinding.renew(folder, node);
      node.registerPartners(BroughtIdentity.partnersRememberedIn(folder.identity()))
          .forEach(System.out::println);
      System.out.println("the network node answers at " + node.uri());
      new CountDownLatch(1).await(); // until it is killed
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  /** Keeps an identity that the organisation brought up to date; see {@link SecuredParts#bring}. */
  private static Following follow(NetworkFolder folder) throws Exception {
    Optional<BroughtIdentity> brought = BroughtIdentity.rememberedIn(folder.identity());
    return brought.isPresent() ? brought.get().follow(folder.identity()) : Following.NOTHING;
  }
}
