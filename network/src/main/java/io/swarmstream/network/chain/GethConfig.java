package io.swarmstream.network.chain;

import io.swarmstream.schemas.files.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * geth's configuration file: what has no command-line option. It holds the peers, so that a geth
 * that restarts knows them before anybody tells it.
 */
final class GethConfig {
  private static final Pattern QUOTED = Pattern.compile("\"(enode://[^\"]+)\"");

  private static final Pattern LISTEN = Pattern.compile("ListenAddr = \"([^\"]*)\"");

  private GethConfig() {}

  static Path in(GethFolder folder) {
    return folder.path().resolve("config.toml");
  }

  /** Writes the file when it has other peers; the address to listen on stays. */
  static void write(GethFolder folder, Collection<Enode> peers) throws IOException {
    write(folder, peers, listenAddress(folder));
  }

  /**
   * Writes the file when it does not exist or says something else.
   *
   * @param listen address and port for peers; an empty address stands for all of this machine
   */
  static void write(GethFolder folder, Collection<Enode> peers, String listen) throws IOException {
    String urls =
        String.join(", ", peers.stream().map(peer -> '"' + peer.url() + '"').sorted().toList());
    // With a ratio of 1, all places are for peers that this node dials. None is left for a stranger
    // who dials in; trusted peers need no place.
    String text =
        """
        [Node.P2P]
        ListenAddr = "%s"
        MaxPeers = 50
        DialRatio = 1
        NoDiscovery = true
        BootstrapNodes = []
        BootstrapNodesV5 = []
        StaticNodes = [%s]
        TrustedNodes = [%s]
        """
            .formatted(listen, urls, urls);
    Path file = in(folder);
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
      PrivateFiles.write(file, text);
    }
  }

  /** What the file says; loopback and any port before it exists. */
  private static String listenAddress(GethFolder folder) throws IOException {
    Matcher found = LISTEN.matcher(Files.exists(in(folder)) ? Files.readString(in(folder)) : "");
    return found.find() ? found.group(1) : "127.0.0.1:0";
  }

  /** The peers in the file; none when it does not exist. */
  static List<Enode> peers(GethFolder folder) throws IOException {
    List<Enode> peers = new ArrayList<>();
    if (Files.exists(in(folder))) {
      String text = Files.readString(in(folder));
      Matcher quoted = QUOTED.matcher(text.substring(Math.max(0, text.indexOf("StaticNodes"))));
      while (quoted.find()) {
        Enode peer = Enode.parse(quoted.group(1));
        if (!peers.contains(peer)) {
          peers.add(peer);
        }
      }
    }
    return peers;
  }
}
