package io.swarmstream.lab.bench;

import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints the result of {@code swarm bench rounds} as a table. */
final class RoundsTable {
  private static final double MIB = 1 << 20;

  private RoundsTable() {}

  static void print(RoundsResult result, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s of %,d sites, %,d parameters sent as %s%s, %d rounds%n%n",
        result.method(),
        result.sites(),
        result.parameters(),
        result.encoding(),
        result.privacy().isEmpty() ? "" : " with " + result.privacy(),
        result.rounds());
    printTimes(result, out);
    out.println(rawLimit(result));
    printKilled(result, out);
    out.printf(
        Locale.ROOT,
        "a site sends %,.1f MiB and receives %,.1f MiB a round%n%n",
        result.bytesSentPerSite() / MIB,
        result.bytesReceivedPerSite() / MIB);
    printStages(result, out);
    printProcesses(result, out);
    out.flush();
  }

  private static void printTimes(RoundsResult result, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "last delta sent to last site with the verified model  p50 %,.0f ms, p99 %,.0f ms%n",
        result.p50Millis(),
        result.p99Millis());
    out.printf(
        Locale.ROOT,
        "one model to the next  p50 %,.0f ms, %.1f rounds a minute%n",
        result.fullRoundP50Millis(),
        result.roundsPerMinute());
  }

  private static void printKilled(RoundsResult result, PrintWriter out) {
    @Nullable KilledRound killed = result.killed();
    if (killed != null) {
      out.printf(
          Locale.ROOT,
          "with %d sites killed in the middle: %,.0f ms, of them %,.0f until the round closed; %d of %d sites are in it%n",
          killed.killed(),
          killed.millis(),
          killed.closingMillis(),
          killed.participants(),
          result.sites());
    }
  }

  private static String rawLimit(RoundsResult result) {
    RawRound raw = result.rawKafka();
    return raw == null
        ? "what Kafka alone takes was not measured: " + result.rawKafkaFailure()
        : String.format(
            Locale.ROOT,
            "Kafka alone moves the same bytes in %,.0f ms (deltas %,.0f, model %,.0f): %.2f of a round",
            raw.millis(),
            raw.deltasMillis(),
            raw.modelMillis(),
            result.shareOfRawLimit());
  }

  private static void printStages(RoundsResult result, PrintWriter out) {
    out.printf("%-16s %10s %20s%n", "stage", "median ms", "in the slowest round");
    result
        .stages()
        .forEach(
            (stage, ms) ->
                out.printf(
                    Locale.ROOT,
                    "%-16s %,10.0f %,20.0f%n",
                    stage,
                    ms,
                    result.slowestStages().get(stage)));
  }

  private static void printProcesses(RoundsResult result, PrintWriter out) {
    out.printf("%n%-16s %12s %16s%n", "process", "peak MiB", "CPU s a round");
    result
        .peakBytes()
        .forEach(
            (name, bytes) ->
                out.printf(
                    Locale.ROOT,
                    "%-16s %,12.0f %16.3f%n",
                    name,
                    bytes / MIB,
                    result.cpuSecondsPerRound().getOrDefault(name, 0.0)));
  }
}
