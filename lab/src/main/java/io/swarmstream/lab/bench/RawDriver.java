package io.swarmstream.lab.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmstream.jobs.options.SwarmProperties;
import io.swarmstream.lab.bench.raw.RawLoad;
import io.swarmstream.lab.bench.raw.RawTraffic;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Moves the records of rounds through Kafka and does nothing else, in a process with the same JVM
 * options as the sites'. Writes one line of JSON for each round.
 *
 * <p>Arguments: the cluster's folder, the number of rounds, and those of {@link RawLoad}.
 */
public final class RawDriver {
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private RawDriver() {}

  /** Runs the rounds; fails when a record does not arrive. */
  public static void main(String[] args) throws Exception {
    PrintStream out = System.out;
    System.setOut(System.err);
    SwarmProperties swarm = SwarmProperties.in(Path.of(args[0]));
    int rounds = Integer.parseInt(args[1]);
    int[] load = new int[5];
    for (int i = 0; i < load.length; i++) {
      load[i] = Integer.parseInt(args[2 + i]);
    }
    ObjectMapper mapper = new ObjectMapper();
    try (RawTraffic traffic =
        RawTraffic.open(
            swarm.kafkaEndpoint(),
            new RawLoad(load[0], load[1], load[2], load[3], load[4]),
            PATIENCE)) {
      for (int round = 0; round < rounds; round++) {
        RawRound times =
            new RawRound(
                traffic.deltas(PATIENCE).toNanos() / 1e6, traffic.model(PATIENCE).toNanos() / 1e6);
        out.println(mapper.writeValueAsString(times));
      }
      out.flush();
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
    System.exit(0);
  }
}
