package io.swarmstream.clients.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * Says what is wrong between a client and a listener that do not understand each other. Kafka's
 * clients only time out when one of them speaks TLS and the other does not.
 */
public final class TlsProblem {
  private static final int PATIENCE_MILLIS = 1_000;
  private static final int MAX_ADDRESSES = 3;

  /** The first bytes of TLS records: alert or handshake, version 3.x. */
  private static final List<Integer> RECORD_KINDS = List.of(0x15, 0x16);

  private static final int MAJOR_VERSION = 3;

  private TlsProblem() {}

  /**
   * Asks the listeners of an endpoint that has not answered why. Takes some seconds at most.
   *
   * @return "; " and what to check, to append to a message; empty if nothing was found
   */
  public static String hint(KafkaEndpoint endpoint) {
    return Stream.of(endpoint.bootstrapServers().split(",", -1))
        .limit(MAX_ADDRESSES)
        .map(address -> at(address.strip(), endpoint))
        .flatMap(Optional::stream)
        .findFirst()
        .map(problem -> "; " + problem)
        .orElse("");
  }

  private static Optional<String> at(String address, KafkaEndpoint endpoint) {
    int colon = address.lastIndexOf(':');
    try {
      boolean tls =
          speaksTls(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
      if (tls == endpoint.isTls()) {
        return Optional.empty();
      }
      return Optional.of(
          tls
              ? address
                  + " speaks TLS, but this client does not; give it an identity, or"
                  + " security.protocol=SSL with its ssl.* settings"
              : address
                  + " does not speak TLS, but this client does; name the broker's TLS listener, or"
                  + " leave the identity and security.protocol out");
    } catch (IOException e) {
      return Optional.of("nothing accepts connections at " + address + " (" + e.getMessage() + ")");
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      return Optional.empty(); // no address; the client has said so
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has TLS", e);
    }
  }

  /** Sends a ClientHello and looks whether the answer is of TLS. */
  private static boolean speaksTls(String host, int port)
      throws IOException, GeneralSecurityException {
    byte[] hello = clientHello(host, port);
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      try {
        socket.getOutputStream().write(hello);
        InputStream answer = socket.getInputStream();
        return RECORD_KINDS.contains(answer.read()) && answer.read() == MAJOR_VERSION;
      } catch (IOException e) {
        return false; // it closes the connection, or waits for more
      }
    }
  }

  private static byte[] clientHello(String host, int port)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, null, null);
    SSLEngine engine = context.createSSLEngine(host, port);
    engine.setUseClientMode(true);
    ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.beginHandshake();
    var unused = engine.wrap(ByteBuffer.allocate(0), record);
    byte[] bytes = new byte[record.flip().remaining()];
    record.get(bytes);
    return bytes;
  }

  /** Returns the message for a handshake that one of both sides has refused. */
  static String refused(Throwable failure, KafkaEndpoint endpoint) {
    Throwable root = failure;
    for (Throwable cause = root.getCause(); cause != null; cause = root.getCause()) {
      root = cause;
    }
    String reason = String.valueOf(root.getMessage());
    return "TLS with Kafka at " + endpoint + " fails: " + reason + "; " + advice(reason, endpoint);
  }

  private static String advice(String reason, KafkaEndpoint endpoint) {
    String here = endpoint.identityFolder().map(folder -> " in " + folder).orElse("");
    if (reason.contains("fatal alert")) {
      return "the broker refuses this client's certificate"
          + here
          + ": its authority has to be in the broker's ca.pem, and it must not have expired";
    }
    if (reason.contains("subject alternative") || reason.contains("No name matching")) {
      return "the broker's certificate is for another host; use the name that it has";
    }
    if (reason.contains("certification path") || reason.contains("trust")) {
      return "this client does not know the authority of the broker's certificate; add it to ca.pem"
          + here;
    }
    return "compare this client's certificate and authorities" + here + " with the broker's";
  }
}
