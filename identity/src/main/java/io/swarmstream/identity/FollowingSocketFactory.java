package io.swarmstream.identity;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Makes each socket by the present context, for TLS 1.2 and 1.3 only. */
final class FollowingSocketFactory extends SSLSocketFactory {
  private final Supplier<SSLContext> present;

  FollowingSocketFactory(Supplier<SSLContext> present) {
    this.present = present;
  }

  private SSLSocketFactory factory() {
    return present.get().getSocketFactory();
  }

  private static Socket restricted(Socket socket) {
    ((SSLSocket) socket).setEnabledProtocols(FollowingContext.PROTOCOLS);
    return socket;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return factory().getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return factory().getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket() throws IOException {
    return restricted(factory().createSocket());
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    return restricted(factory().createSocket(socket, host, port, autoClose));
  }

  @Override
  public Socket createSocket(Socket socket, InputStream consumed, boolean autoClose)
      throws IOException {
    return restricted(factory().createSocket(socket, consumed, autoClose));
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return restricted(factory().createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return restricted(factory().createSocket(host, port, localHost, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return restricted(factory().createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws IOException {
    return restricted(factory().createSocket(address, port, localAddress, localPort));
  }
}
