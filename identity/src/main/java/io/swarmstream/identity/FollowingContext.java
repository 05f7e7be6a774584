package io.swarmstream.identity;

import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** A context each of whose connections is made by the context of the present identity. */
final class FollowingContext extends SSLContext {
  static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  FollowingContext(Supplier<TlsState> present) {
    super(new Spi(() -> present.get().context()), ofJava().getProvider(), "TLS");
  }

  private static SSLContext ofJava() {
    try {
      return SSLContext.getInstance("TLS");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has TLS", e);
    }
  }

  private static final class Spi extends SSLContextSpi {
    private final Supplier<SSLContext> present;

    Spi(Supplier<SSLContext> present) {
      this.present = present;
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      return restricted(present.get().createSSLEngine());
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      return restricted(present.get().createSSLEngine(host, port));
    }

    private static SSLEngine restricted(SSLEngine engine) {
      engine.setEnabledProtocols(PROTOCOLS);
      return engine;
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      return new FollowingSocketFactory(present);
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      throw new UnsupportedOperationException(
          "a server socket would keep its certificate; make an engine or a socket a connection");
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      return present.get().getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      return present.get().getClientSessionContext();
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
      SSLParameters parameters = present.get().getDefaultSSLParameters();
      parameters.setProtocols(PROTOCOLS);
      return parameters;
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
      SSLParameters parameters = present.get().getSupportedSSLParameters();
      parameters.setProtocols(PROTOCOLS);
      return parameters;
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
        throws KeyManagementException {
      throw new KeyManagementException("this context takes its keys from an identity folder");
    }
  }
}
