package io.swarmstream.local.processes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Connects to a port without a certificate, asks for something, and returns what comes back. */
final class Stranger {
  private static final int PATIENCE_MS = 2_000;
  private static final int MAX_BYTES = 4_096;

  private Stranger() {}

  /** What comes back in plain text; empty: nothing. */
  static String plain(InetSocketAddress to, String request) {
    try (Socket socket = connected(to)) {
      return answer(socket, request);
    } catch (IOException e) {
      return "";
    }
  }

  /** What comes back over TLS; empty: the handshake was refused, or nothing came. */
  static String overTls(InetSocketAddress to, String request) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Credulous()}, new SecureRandom());
    try (Socket below = connected(to);
        SSLSocket socket =
            (SSLSocket)
                context.getSocketFactory().createSocket(below, "localhost", to.getPort(), true)) {
      socket.startHandshake();
      return answer(socket, request);
    } catch (IOException e) {
      return "";
    }
  }

  private static Socket connected(InetSocketAddress to) throws IOException {
    Socket socket = new Socket();
    socket.connect(to, PATIENCE_MS);
    socket.setSoTimeout(PATIENCE_MS);
    return socket;
  }

  private static String answer(Socket socket, String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
    InputStream in = socket.getInputStream();
    byte[] bytes = new byte[MAX_BYTES];
    int count = in.read(bytes);
    return count <= 0 ? "" : new String(bytes, 0, count, ISO_8859_1);
  }

  private static final class Credulous implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
