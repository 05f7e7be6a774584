package io.swarmstream.network.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.processes.ChildCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The commands of the geth program. */
final class GethCommand {
  private static final int INIT_DEADLINE_SECONDS = 60;

  private GethCommand() {}

  /**
   * The command of a node.
   *
   * @param socket path of the socket that answers JSON-RPC, the only way to call the node
   * @throws IllegalStateException when the announced host has no address
   */
  static List<String> node(Path geth, GethFolder folder, GethOptions options, Path socket)
      throws IOException {
    GenesisFile genesis =
        folder
            .genesis()
            .orElseThrow(() -> new IllegalStateException("no chain has begun in " + folder.path()));
    List<String> command =
        new ArrayList<>(
            List.of(
                geth.toString(),
                "--config",
                GethConfig.in(folder).toString(),
                "--datadir",
                folder.path().toString(),
                "--ipcpath",
                socket.toString(),
                "--networkid",
                Long.toString(genesis.chainId()),
                "--nodekey",
                folder.nodeKeyFile().toString(),
                "--nat",
                "extip:" + address(options.host()),
                "--nodiscover",
                "--discovery.dns",
                "",
                // No option of this version leaves it out: on loopback, any port, with a secret.
                "--authrpc.addr",
                "127.0.0.1",
                "--authrpc.port",
                "0",
                "--syncmode",
                "full",
                "--gcmode",
                "archive",
                "--cache",
                "64",
                "--txpool.pricelimit",
                "1"));
    if (options.isSealing()) {
      command.addAll(
          List.of(
              "--mine",
              "--miner.etherbase",
              folder.sealer(),
              "--unlock",
              folder.sealer(),
              "--password",
              folder.password().toString()));
    }
    return command;
  }

  /** geth announces an address, not a name. */
  private static String address(String host) {
    try {
      return InetAddress.getByName(host).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException(
          "the host \"" + host + "\" has no address here; announce another with --host", e);
    }
  }

  /** Runs a command of geth that ends by itself. */
  static void run(Path geth, Path folder, String... arguments) throws IOException {
    Path log = folder.resolve("geth-init.log");
    Files.deleteIfExists(log);
    PrivateFiles.file(log);
    List<String> command = new ArrayList<>(List.of(geth.toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(ChildCommand.of(command))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      if (!process.waitFor(INIT_DEADLINE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "geth did not end within " + INIT_DEADLINE_SECONDS + " s; see " + log);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while geth prepared " + folder, e);
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      List<String> said = new String(Files.readAllBytes(log), UTF_8).lines().toList();
      throw new IllegalStateException(
          "geth could not prepare "
              + folder
              + ": "
              + String.join("\n", said.subList(Math.max(0, said.size() - 5), said.size())));
    }
  }
}
