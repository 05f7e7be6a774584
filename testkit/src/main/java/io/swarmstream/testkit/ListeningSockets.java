package io.swarmstream.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Lists the TCP sockets that processes of this machine listen on, as Linux reports them. */
public final class ListeningSockets {
  private static final Pattern WORDS = Pattern.compile(" +");
  private static final String LISTENS = "0A";
  private static final int STATE = 3;
  private static final int INODE = 9;
  private static final int WORD_BYTES = 4;

  private ListeningSockets() {}

  /** A listening socket: its address and its process. */
  public record Socket(InetSocketAddress address, String process) {
    /** Whether only this machine can reach it. */
    public boolean isLoopback() {
      return address.getAddress().isLoopbackAddress();
    }
  }

  /** Returns the sockets of a process and of all its descendants. */
  public static List<Socket> of(ProcessHandle process) throws IOException {
    List<Socket> found = new ArrayList<>();
    for (ProcessHandle each : Stream.concat(Stream.of(process), process.descendants()).toList()) {
      try {
        found.addAll(ofOne(each));
      } catch (NoSuchFileException e) {
        // The process has ended in the meantime.
      }
    }
    return found;
  }

  private static List<Socket> ofOne(ProcessHandle process) throws IOException {
    List<Socket> found = new ArrayList<>();
    String name = process.info().command().orElse("?") + " (" + process.pid() + ")";
    Set<String> inodes = inodes(process.pid());
    for (String table : List.of("tcp", "tcp6")) {
      for (String line :
          Files.readAllLines(Path.of("/proc/" + process.pid() + "/net/" + table), US_ASCII)) {
        List<String> columns = WORDS.splitAsStream(line.strip()).toList();
        if (columns.size() > INODE
            && columns.get(STATE).equals(LISTENS)
            && inodes.contains(columns.get(INODE))) {
          found.add(new Socket(address(columns.get(1)), name));
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
          // Closed in the meantime.
        }
      }
    }
    return inodes;
  }

  /** Parses words of four bytes, each from its last byte to its first, and then the port. */
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
