package io.swarmstream.network.api;

import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.network.RefusalInfo;
import io.swarmstream.identity.KeyHash;
import io.swarmstream.network.chain.CappedLog;
import io.swarmstream.network.members.SwarmSnapshot;
import io.swarmstream.schemas.processes.BackgroundThread;
import io.swarmstream.web.ApiJson;
import io.swarmstream.web.ApiRefusal;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node has refused: in memory, repetitions counted, and in the file {@code refused.log} of
 * its folder. Both are bounded, so that nobody can fill them: memory keeps the newest of strangers
 * and, apart from them, of those with a certificate; the file has at most two times 1 MiB, and gets
 * a line a second at most. The file is written by a thread of its own, so that no request waits for
 * a disk. Refusals in TLS's handshake do not reach it.
 */
public final class RefusalLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  static final int MOST_OF_STRANGERS = 100;
  static final int MOST_WITH_A_CERTIFICATE = 400;
  private static final long MOST_BYTES = 1 << 20;
  private static final int BURST_LINES = 60;
  private static final int LONGEST_DETAIL = 300;

  /** Not those of a wrong path, or of a body that cannot be read: they are no acts. */
  private static final Set<Integer> NOTED = Set.of(401, 403, 409, 410);

  /** Where newcomers bring proofs, of which each wrong one is noted. */
  private static final Set<String> NEWCOMERS = Set.of("/v1/enrolments", "/v1/admissions");

  private final Supplier<SwarmSnapshot> swarm;
  private final InstantSource clock;
  private final Lines file;
  private final BackgroundThread writer = new BackgroundThread("refusals");
  private final Map<Kind, RefusalInfo> strangers = newest(MOST_OF_STRANGERS);
  private final Map<Kind, RefusalInfo> others = newest(MOST_WITH_A_CERTIFICATE);
  private double lines = BURST_LINES;
  private long filledMs;
  private long left;

  /** Lines that the disk has not taken yet. */
  private final AtomicInteger waiting = new AtomicInteger();

  /** Takes lines; waits as long as it needs to. */
  interface Lines extends Closeable {
    void add(String line);
  }

  /** What makes two refusals the same one. */
  private record Kind(String code, String request, String address, @Nullable String key) {}

  /**
   * Opens the log.
   *
   * @param swarm says who has a key
   */
  public RefusalLog(Path file, Supplier<SwarmSnapshot> swarm, InstantSource clock)
      throws IOException {
    this(lines(new CappedLog(file, MOST_BYTES)), swarm, clock);
  }

  RefusalLog(Lines file, Supplier<SwarmSnapshot> swarm, InstantSource clock) {
    this.swarm = swarm;
    this.clock = clock;
    this.file = file;
    this.filledMs = clock.millis();
  }

  private static Lines lines(CappedLog log) {
    return new Lines() {
      @Override
      public void add(String line) {
        log.add(line);
      }

      @Override
      public void close() throws IOException {
        log.close();
      }
    };
  }

  private static Map<Kind, RefusalInfo> newest(int most) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<Kind, RefusalInfo> eldest) {
        return size() > most;
      }
    };
  }

  /** Notes a refusal, if it is one of an act. */
  void note(ApiRefusal refusal) {
    if (!NOTED.contains(refusal.problem().status()) && !NEWCOMERS.contains(refusal.path())) {
      return;
    }
    List<X509Certificate> shown = refusal.certificates();
    @Nullable String key = shown.isEmpty() ? keyOf(refusal.caller()) : KeyHash.of(shown.get(0));
    Kind kind =
        new Kind(
            refusal.problem().code(),
            refusal.method() + " " + refusal.path(),
            refusal.address(),
            key);
    RefusalInfo now = info(kind, refusal.problem().detail(), member(refusal));
    synchronized (this) {
      Map<Kind, RefusalInfo> known = key == null ? strangers : others;
      if (known.merge(kind, now, RefusalLog::again).count() == 1) {
        write(now);
      }
    }
  }

  /** The key of a member that has logged in to the console, which shows no certificate. */
  private static @Nullable String keyOf(@Nullable Object caller) {
    return caller instanceof Caller known
        ? known.known().map(Member::keyHash).filter(hash -> !hash.isEmpty()).orElse(null)
        : null;
  }

  private @Nullable String member(ApiRefusal refusal) {
    if (refusal.caller() instanceof Caller caller && caller.known().isPresent()) {
      return caller.known().get().name();
    }
    List<X509Certificate> shown = refusal.certificates();
    return shown.isEmpty()
        ? null
        : MemberGate.find(shown.get(0), swarm.get()).map(Member::name).orElse(null);
  }

  private RefusalInfo info(Kind kind, String detail, @Nullable String member) {
    String at = clock.instant().toString();
    return new RefusalInfo(
        kind.code(),
        detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL) : detail,
        kind.request(),
        kind.address(),
        kind.key(),
        member,
        at,
        at,
        1);
  }

  private static RefusalInfo again(RefusalInfo known, RefusalInfo now) {
    return new RefusalInfo(
        now.code(),
        now.detail(),
        now.request(),
        now.address(),
        now.certificateKey(),
        now.member(),
        known.first(),
        now.last(),
        known.count() + 1);
  }

  private void write(RefusalInfo refusal) {
    long now = clock.millis();
    lines = Math.min(BURST_LINES, lines + (now - filledMs) / 1000.0);
    filledMs = now;
    if (lines < 1 || waiting.get() >= BURST_LINES) {
      left++;
      return;
    }
    lines--;
    if (left > 0) {
      add("{\"notWritten\":" + left + "}");
      left = 0;
    }
    add(new String(ApiJson.bytes(refusal), StandardCharsets.UTF_8));
  }

  private void add(String line) {
    waiting.incrementAndGet();
    try {
      writer.execute(
          () -> {
            try {
              file.add(line);
            } finally {
              waiting.decrementAndGet();
            }
          });
    } catch (RejectedExecutionException e) {
      waiting.decrementAndGet(); // the node ends
    }
  }

  /** What was refused since the node was started, the newest first. */
  public synchronized List<RefusalInfo> all() {
    List<RefusalInfo> all = new ArrayList<>(others.values());
    all.addAll(strangers.values());
    // As text, times without a fraction of a second sort behind those with one.
    all.sort(Comparator.comparing((RefusalInfo it) -> Instant.parse(it.last())).reversed());
    return all;
  }

  @Override
  public void close() throws IOException {
    if (!writer.finish(PATIENCE, () -> {})) {
      LOG.warn("the last refusals are not written: the disk takes none");
    }
    file.close();
  }
}
