package io.swarmstream.kafka.security;

import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS of brokers, controllers and clients with the identity of a folder, which is read again when
 * its files change: a new connection presents the renewed certificate, and no process needs a
 * restart. Set it as {@code ssl.engine.factory.class}, and the folder as {@code
 * swarm.identity.folder}, which a listener may override ({@code
 * listener.name.NAME.swarm.identity.folder}). All other {@code ssl.*} settings are without effect,
 * but {@code ssl.endpoint.identification.algorithm}.
 *
 * <p>TLS 1.2 and 1.3 only. A listener demands a certificate from every client, whatever {@code
 * ssl.client.auth} says: the name of a client is its key.
 *
 * <p>A client whose files have another key, and so another name at the broker, uses it after ten
 * seconds, which is how long the new name may take to get its rights. From then on, connections
 * that were opened with the former key end, and Kafka's client opens others in their place:
 * producers send again what was not acknowledged, consumers continue where they were.
 *
 * <p>Files are looked at when a connection is made or used, at most once a second. If new files are
 * broken, the last good identity stays, with a warning in the log.
 */
public final class ReloadingSslEngineFactory implements SslEngineFactory {
  /** The setting that names the folder with key.pem, cert.pem and ca.pem. */
  public static final String FOLDER_CONFIG = "swarm.identity.folder";

  private static final Logger LOG = LoggerFactory.getLogger(ReloadingSslEngineFactory.class);
  private static final long LOOK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final Duration NEW_NAME_AFTER = Duration.ofSeconds(10);
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final Duration newNameAfter;
  private @Nullable PemFolder folder;
  private @Nullable EngineState state;
  private @Nullable Object stamp;
  private long lookedNanos;

  /** What clients go on using for a while; null: nothing but the newest. */
  private @Nullable EngineState former;

  private long formerUntilNanos;

  /** As Kafka makes it. */
  public ReloadingSslEngineFactory() {
    this(NEW_NAME_AFTER);
  }

  ReloadingSslEngineFactory(Duration newNameAfter) {
    this.newNameAfter = newNameAfter;
  }

  @Override
  public synchronized void configure(Map<String, ?> configs) {
    PemFolder named = new PemFolder(path(configs));
    folder = named;
    stamp = named.stamp();
    state = EngineState.of(named.read());
    lookedNanos = System.nanoTime();
  }

  private static Path path(Map<String, ?> configs) {
    Object value = configs.get(FOLDER_CONFIG);
    if (value == null || value.toString().isBlank()) {
      throw new ConfigException(
          FOLDER_CONFIG
              + " is not set; it names the folder with key.pem, cert.pem and ca.pem that "
              + ReloadingSslEngineFactory.class.getName()
              + " uses");
    }
    return Path.of(value.toString());
  }

  private synchronized EngineState current() {
    PemFolder named = Objects.requireNonNull(folder, "not configured");
    long now = System.nanoTime();
    if (now - lookedNanos >= LOOK_EVERY_NANOS) {
      lookedNanos = now;
      Object found = named.stamp(); // before reading: what changes meanwhile is read next time
      if (!found.equals(stamp)) {
        stamp = found;
        reload(named);
      }
    }
    return Objects.requireNonNull(state, "not configured");
  }

  /** What a client uses now. */
  private synchronized EngineState currentOfClient() {
    EngineState newest = current();
    EngineState before = former;
    if (before != null
        && System.nanoTime() - formerUntilNanos < 0
        && Instant.now().isBefore(before.expiresAt())) {
      return before;
    }
    former = null;
    return newest;
  }

  private void reload(PemFolder named) {
    try {
      EngineState read = EngineState.of(named.read());
      EngineState before = Objects.requireNonNull(state, "not configured");
      if (former == null && !before.principal().equals(read.principal())) {
        former = before;
        formerUntilNanos = System.nanoTime() + newNameAfter.toNanos();
      }
      state = read;
      LOG.info("{}: continues as {}", named.path(), read.subject());
    } catch (KafkaException e) {
      LOG.warn(
          "{}; continues as {}",
          e.getMessage(),
          Objects.requireNonNull(state, "not configured").subject());
    }
  }

  @Override
  public SSLEngine createClientSslEngine(
      String peerHost, int peerPort, @Nullable String endpointIdentification) {
    EngineState used = currentOfClient();
    SSLEngine engine = used.context().createSSLEngine(peerHost, peerPort);
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    parameters.setEndpointIdentificationAlgorithm(endpointIdentification);
    engine.setSSLParameters(parameters);
    return new RetiringEngine(
        engine, () -> !currentOfClient().principal().equals(used.principal()));
  }

  @Override
  public SSLEngine createServerSslEngine(String peerHost, int peerPort) {
    SSLEngine engine = current().context().createSSLEngine(peerHost, peerPort);
    engine.setUseClientMode(false);
    engine.setEnabledProtocols(PROTOCOLS);
    engine.setNeedClientAuth(true);
    return engine;
  }

  @Override
  public synchronized boolean shouldBeRebuilt(Map<String, Object> nextConfigs) {
    return !new PemFolder(path(nextConfigs)).equals(folder);
  }

  @Override
  public Set<String> reconfigurableConfigs() {
    return Set.of();
  }

  @Override
  public KeyStore keystore() {
    return current().keys();
  }

  @Override
  public KeyStore truststore() {
    return current().authorities();
  }

  @Override
  public void close() {}
}
