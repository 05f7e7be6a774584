package io.swarmstream.network.chain;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** geth for tests: skips them without it, unless {@code swarm.geth.required} is set. */
final class RealGeth {
  private RealGeth() {}

  static Path program() {
    if (Boolean.getBoolean("swarm.geth.required")) {
      return GethBinary.findOrBuild(System.out::println);
    }
    assumeTrue(
        GethBinary.find().isPresent(),
        "geth is missing: run deploy/tools/get-geth, or -Dswarm.geth.required=true builds it");
    return GethBinary.find().orElseThrow();
  }

  static GethOptions options() {
    return GethOptions.of("127.0.0.1", freePort());
  }

  static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Taken: try another.
      }
    }
  }

  /** A Java process that founds a chain, prints the ID of its geth and waits to be killed. */
  static Process inProcessOfItsOwn(Path geth, Path folder, int port) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Parent.class.getName(),
            geth.toString(),
            folder.toString(),
            Integer.toString(port))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  static final class Parent {
    private Parent() {}

    public static void main(String[] arguments) throws Exception {
      Path geth = Path.of(arguments[0]);
      GethFolder own = GethFolder.open(Path.of(arguments[1]));
      own.begin(geth, GenesisFile.fresh(own.sealer(), List.of()));
      GethOptions options = GethOptions.of("127.0.0.1", Integer.parseInt(arguments[2]));
      try (GethNode node = GethNode.start(geth, own, options)) {
        System.out.println(node.pid());
        Thread.sleep(60_000);
      }
    }
  }

  /** TCP ports on which a process listens, from Linux's /proc. */
  static List<Integer> listeningPorts(long pid) throws IOException {
    Set<String> inodes = new HashSet<>();
    try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      for (Path file : files.toList()) {
        String target = Files.readSymbolicLink(file).toString();
        if (target.startsWith("socket:[")) {
          inodes.add(target.substring(8, target.length() - 1));
        }
      }
    }
    List<Integer> ports = new ArrayList<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(Path.of("/proc/net/" + table))) {
        String[] fields = line.strip().split(" +", -1);
        if (fields[3].equals("0A") && inodes.contains(fields[9])) {
          ports.add(Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16));
        }
      }
    }
    return ports;
  }

  static int httpStatus(int port) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\"}"))
            .build();
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
