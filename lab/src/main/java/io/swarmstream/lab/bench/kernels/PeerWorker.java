package io.swarmstream.lab.bench.kernels;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmstream.lab.bench.python.PeerEnvironment;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The process that runs other systems' functions; requests and answers are lines of JSON. */
final class PeerWorker implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final ObjectMapper mapper = new ObjectMapper();
  private final Process process;
  private final Path log;
  private final BufferedWriter requests;
  private final BufferedReader answers;
  private final JsonNode greeting;

  /**
   * Starts the process.
   *
   * @param file the deltas, as {@link SiteDeltas#writeTo} wrote them
   * @param log receives everything that the process prints except its answers
   */
  PeerWorker(PeerEnvironment peers, Path file, int[] weights, List<List<Long>> shapes, Path log)
      throws IOException, InterruptedException {
    this.log = log;
    ProcessBuilder builder =
        new ProcessBuilder(
            peers.python().toString(),
            peers.script("kernels.py").toString(),
            file.toString(),
            String.valueOf(weights.length),
            mapper.writeValueAsString(shapes),
            mapper.writeValueAsString(weights));
    // The process uses its default number of threads.
    builder.environment().remove("OMP_NUM_THREADS");
    process = builder.redirectError(log.toFile()).start();
    requests = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
    greeting = greeting();
  }

  private JsonNode greeting() throws IOException, InterruptedException {
    try {
      return answer();
    } catch (IOException | InterruptedException | RuntimeException e) {
      close(); // no caller can: the constructor fails
      throw e;
    }
  }

  /** Versions of the packages that the process runs, and of Python. */
  Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>();
    greeting
        .get("versions")
        .properties()
        .forEach(one -> versions.put(one.getKey(), one.getValue().asText()));
    return versions;
  }

  /** Merges at least once, and until a time has passed; returns the milliseconds of each merge. */
  double[] run(String kernel, double millis) throws IOException, InterruptedException {
    return ask(Map.of("kernel", kernel, "millis", millis));
  }

  /** Merges once, writes the result to a file as float32, and returns the merge's milliseconds. */
  double[] save(String kernel, Path file) throws IOException, InterruptedException {
    return ask(Map.of("kernel", kernel, "save", file.toString()));
  }

  private double[] ask(Map<String, Object> request) throws IOException, InterruptedException {
    try {
      requests.write(mapper.writeValueAsString(request));
      requests.newLine();
      requests.flush();
    } catch (IOException e) {
      throw broken("has ended");
    }
    return mapper.convertValue(answer().get("millis"), double[].class);
  }

  private JsonNode answer() throws IOException, InterruptedException {
    CompletableFuture<String> line =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                String read = answers.readLine();
                return read == null ? "" : read;
              } catch (IOException e) {
                return "";
              }
            });
    try {
      String text = line.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (text.isEmpty()) {
        throw broken("has ended");
      }
      return mapper.readTree(text);
    } catch (TimeoutException e) {
      throw broken("has not answered for " + PATIENCE.toMinutes() + " minutes");
    } catch (JsonProcessingException e) {
      throw broken("said what is no JSON");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private IllegalStateException broken(String what) throws IOException {
    List<String> said = Files.readAllLines(log);
    String tail = String.join("\n", said.subList(Math.max(0, said.size() - 5), said.size()));
    return new IllegalStateException(
        "the process with the peers' functions " + what + ":\n" + tail);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
