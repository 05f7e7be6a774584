package io.swarmstream.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import io.swarmstream.clients.kafka.log.ContractLog;
import io.swarmstream.clients.kafka.log.DeltaProducer;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.files.TemporaryFolder;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.layout.ChunkLayout;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.verification.Progress;
import io.swarmstream.verification.ReportText;
import io.swarmstream.verification.Verification;
import io.swarmstream.verification.Verifier;
import io.swarmstream.verification.VerifyJob;
import io.swarmstream.verification.VerifyOptions;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Measures the replay of one large round against its merge, in one JVM: {@code main(method, sites,
 * parameters)}. No test: what it prints depends on the machine.
 *
 * <p>Both clocks start when all deltas stand in the log: the merge's with the start of the job,
 * which has been stopped with a savepoint while they were sent, and runs until the round record can
 * be read; the replay's with the start of its job.
 */
final class VerifyMeasurement {
  private static final Duration DEADLINE = Duration.ofMinutes(5);

  private VerifyMeasurement() {}

  /** Prints three verifications of one merge; ends by itself. */
  public static void main(String[] args) throws Exception {
    String method = args.length > 0 ? args[0] : "mean";
    int sites = args.length > 1 ? Integer.parseInt(args[1]) : 8;
    int parameters = args.length > 2 ? Integer.parseInt(args[2]) : 11_700_000;
    try (LocalSwarm swarm = LocalSwarm.start(LocalSwarmOptions.defaults());
        TemporaryFolder temporary = TemporaryFolder.make()) {
      ContractTerms terms =
          swarm.createContract(
              "large",
              ModelLayout.flat(parameters),
              method,
              sites,
              DEADLINE,
              ChunkLayout.MAX_CHUNK_VALUES);
      long[] merge = merge(swarm, terms, sites);
      for (int run = 1; run <= 3; run++) {
        long cpuBefore = cpuMs();
        Verification verification =
            new Verifier(
                    new VerifyOptions(
                        "large", OptionalLong.of(0), swarm.kafka(), swarm.chain(), DEADLINE),
                    VerifyJob.inThisProcess(OptionalInt.of(2), temporary.path()),
                    Progress.none())
                .run();
        ReportText.print(verification, new PrintWriter(System.out, true, UTF_8));
        System.out.printf(
            "%s of %d sites, %,d parameters: merge %,d ms, %,d ms of CPU; verify run %d: replay %,d ms, all %,d ms,"
                + " %,d ms of CPU%n",
            method,
            sites,
            parameters,
            merge[0],
            merge[1],
            run,
            verification.times().replay().toMillis(),
            verification.times().total().toMillis(),
            cpuMs() - cpuBefore);
      }
    }
  }

  /**
   * Milliseconds that the job takes for the round when all deltas stand in the log before it
   * starts, from its start until the record can be read; and of CPU.
   */
  private static long[] merge(LocalSwarm swarm, ContractTerms terms, int sites) throws Exception {
    for (int seed = 1; seed <= sites; seed++) {
      swarm.enrol(terms.contract(), SiteKey.ofSeed(seed), "site-" + seed, 100);
    }
    long[] began = new long[2];
    try (ContractLog log = ContractLog.ofAllSites(swarm.kafka(), terms.contract(), DEADLINE)) {
      log.await("open round", DEADLINE, () -> log.rounds().notice());
      swarm
          .cluster()
          .upgrade(
              2,
              () -> {
                sendAll(swarm, terms, sites);
                began[0] = System.nanoTime();
                began[1] = cpuMs();
              });
      var unused = log.awaitRound(0, DEADLINE);
      return new long[] {(System.nanoTime() - began[0]) / 1_000_000, cpuMs() - began[1]};
    }
  }

  private static void sendAll(LocalSwarm swarm, ContractTerms terms, int sites) throws Exception {
    try (DeltaProducer producer = DeltaProducer.of(swarm.kafka())) {
      for (int seed = 1; seed <= sites; seed++) {
        Contribution contribution =
            Contribution.sign(
                SiteKey.ofSeed(seed),
                terms,
                0,
                Hash.ZERO,
                values(seed, Math.toIntExact(terms.parameterCount())),
                Sites.header());
        for (int chunk = 0; chunk < contribution.chunkCount(); chunk++) {
          producer.send(
              terms.contract(),
              String.valueOf(chunk),
              WireFormat.DELTA_CHUNK.encode(contribution.chunk(chunk)));
        }
        producer.flush(DEADLINE);
      }
    }
  }

  /** Of the whole process, broker included; on a busy machine it says more than the clock. */
  private static long cpuMs() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return system.getProcessCpuTime() / 1_000_000;
  }

  private static float[] values(int seed, int count) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }
}
