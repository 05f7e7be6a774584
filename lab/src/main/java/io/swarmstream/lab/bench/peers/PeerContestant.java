package io.swarmstream.lab.bench.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmstream.lab.bench.python.PeerEnvironment;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Another system. Runs a Python program, which starts the system and writes a line of JSON for each
 * event.
 */
public final class PeerContestant implements Contestant {
  private static final String EVENTS = "events.jsonl";
  private static final double NANOS_PER_MILLI = 1e6;
  private static final long POLL_MILLIS = 5;
  private static final int TOLD = 15;

  /** Float32 sums of a few thousand deltas of at most 0.01 have a smaller error. */
  private static final double MOST_OFF = 1e-4;

  private final Peer peer;
  private final PeerEnvironment python;

  public PeerContestant(Peer peer, PeerEnvironment python) {
    this.peer = peer;
    this.python = python;
  }

  @Override
  public String name() {
    return peer.label();
  }

  @Override
  public String what() {
    return peer.what();
  }

  /** One round, in which connections are made; there is no compiler to warm up. */
  @Override
  public int warmUp(Plan plan) {
    return 1;
  }

  @Override
  public long memoryBytes(Cell cell) {
    return peer.memoryBytes(cell);
  }

  @Override
  public void run(Cell cell, Plan plan, Path folder, RoundClock log) throws Exception {
    Path events = Files.createFile(folder.resolve(EVENTS));
    Path said = folder.resolve("program.log");
    Process program = start(cell, plan, folder, said);
    EventReader reader = new EventReader(log);
    try (RandomAccessFile file = new RandomAccessFile(events.toFile(), "r")) {
      while (!reader.isDone()) {
        boolean alive = program.isAlive(); // before reading: it may write until it ends
        reader.read(file);
        if (!alive && !reader.isDone()) {
          throw new IllegalStateException("its program ended early: " + tail(said));
        }
        Thread.sleep(POLL_MILLIS);
      }
    } finally {
      ProcessTree.stop(program);
    }
  }

  private Process start(Cell cell, Plan plan, Path folder, Path said) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(python.python().toString(), "-m", "peers." + peer.module())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.directory(folder.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "BENCH_SITES", Integer.toString(cell.sites()),
                "BENCH_PARAMETERS", Long.toString(cell.parameters()),
                "BENCH_ROUNDS", Integer.toString(warmUp(plan) + plan.rounds()),
                "BENCH_SECONDS", Double.toString(plan.limits().rounds().toMillis() / 1e3),
                "BENCH_FOLDER", folder.toString(),
                "PYTHONPATH", python.script("").toString(),
                "OMP_NUM_THREADS", "1"));
    return builder.start();
  }

  /** The last lines of the log that are not blank. */
  private static String tail(Path log) throws IOException {
    List<String> lines =
        new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.isBlank())
            .toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TOLD), lines.size()));
  }

  /** Reads the events that were appended since the last call. */
  static final class EventReader {
    private final ObjectMapper mapper = new ObjectMapper();
    private final RoundClock log;
    private String rest = "";
    private boolean done;

    EventReader(RoundClock log) {
      this.log = log;
    }

    /** Whether the rounds are over and the model has been checked. */
    boolean isDone() {
      return done;
    }

    void read(RandomAccessFile file) throws IOException {
      byte[] appended = new byte[(int) (file.length() - file.getFilePointer())];
      file.readFully(appended);
      String text = rest + new String(appended, StandardCharsets.UTF_8);
      int end = text.lastIndexOf('\n') + 1;
      rest = text.substring(end);
      for (String line : text.substring(0, end).lines().toList()) {
        tell(mapper.readTree(line));
      }
    }

    private void tell(JsonNode line) {
      double at = line.path("at").asLong() / NANOS_PER_MILLI;
      int round = line.path("round").asInt();
      switch (line.path("event").asText()) {
        case "round" -> log.begin(at);
        case "received" -> log.received(round, at);
        case "returned" -> log.handedOver(round, at);
        case "end" -> log.end(at);
        case "checked" -> check(line.path("off").asDouble(Double.NaN));
        default -> throw new IllegalStateException("no such event: " + line);
      }
    }

    private void check(double off) {
      if (!(off <= MOST_OFF)) {
        throw new IllegalStateException("its model is off the mean of all deltas by " + off);
      }
      done = true;
    }
  }
}
