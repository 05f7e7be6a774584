package io.swarmstream.cli.console;

import io.swarmstream.identity.Authorities;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** The certificate that a server shows, which our own authorities have issued. */
final class ServerCertificate {
  private static final int PATIENCE_MS = 5_000;

  private ServerCertificate() {}

  /** SHA-256 of the certificate, as browsers write it: pairs of hex digits between colons. */
  static String fingerprint(URI server, SSLContext tls) throws IOException {
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(server.getHost(), server.getPort()), PATIENCE_MS);
      plain.setSoTimeout(PATIENCE_MS);
      try (SSLSocket socket =
          (SSLSocket)
              tls.getSocketFactory()
                  .createSocket(plain, server.getHost(), server.getPort(), true)) {
        // Another member's certificate is of the same authorities.
        SSLParameters checked = socket.getSSLParameters();
        checked.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(checked);
        socket.startHandshake();
        Certificate[] chain = socket.getSession().getPeerCertificates();
        return Authorities.fingerprint((X509Certificate) chain[0])
            .toUpperCase(Locale.ROOT)
            .replaceAll("(..)(?!$)", "$1:");
      }
    }
  }
}
