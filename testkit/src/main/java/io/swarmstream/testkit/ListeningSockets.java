package io.swarmstream.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The TCP sockets that processes of this machine listen on, as Linux tells. */
public final class ListeningSockets {
  private static final String LISTENS = "0A";
  private static final int WORD_BYTES = 4;

  private ListeningSockets() {}

  /** One of them: where, and whose. */
  public record Socket(InetSocketAddress address, String process) {
    /** Whether only this machine reaches it. */
    public boolean isLoopback() {
      return address.getAddress().isLoopbackAddress();
    }
  }

  /** Those of a process and of all that it has started, directly or not. */
  public static List<Socket> of(ProcessHandle process) throws IOException {
    List<Socket> found = new ArrayList<>();
    for (ProcessHandle each : Stream.concat(Stream.of(process), process.descendants()).toList()) {
      String name = each.info().command().orElse("?") + " (" + each.pid() + ")";
      Set<String> inodes = inodes(each.pid());
      for (String table : List.of("tcp", "tcp6")) {
        for (String line :
            Files.readAllLines(Path.of("/proc/" + each.pid() + "/net/" + table), US_ASCII)) {
          String[] columns = line.strip().split("\\s+", -1);
          if (columns.length > 9 && columns[3].equals(LISTENS) && inodes.contains(columns[9])) {
            found.add(new Socket(address(columns[1]), name));
          }
        }
      }
    }
    return found;
  }

  private static Set<String> inodes(long pid) throws IOException {
    Set<String> inodes = new HashSet<>();
    try (DirectoryStream<Path> descriptors =
        Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
      for (Path descriptor : descriptors) {
        try {
          String target = Files.readSymbolicLink(descriptor).toString();
          if (target.startsWith("socket:[")) {
            inodes.add(target.substring("socket:[".length(), target.length() - 1));
          }
        } catch (IOException e) {
          // Closed meanwhile.
        }
      }
    }
    return inodes;
  }

  /** Words of four bytes, each from its last byte to its first; then the port. */
  static InetSocketAddress address(String text) throws UnknownHostException {
    int colon = text.indexOf(':');
    byte[] words = HexFormat.of().parseHex(text.substring(0, colon));
    byte[] address = new byte[words.length];
    for (int i = 0; i < words.length; i++) {
      address[i] = words[i - i % WORD_BYTES + WORD_BYTES - 1 - i % WORD_BYTES];
    }
    return new InetSocketAddress(
        InetAddress.getByAddress(address), Integer.parseInt(text.substring(colon + 1), 16));
  }
}
