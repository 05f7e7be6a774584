package io.swarmstream.lab.network;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A {@link PlainTrainer} in the network of its site, whose node listens on loopback only. */
final class TrainerProcess implements AutoCloseable {
  private final Process process;
  private final PrintWriter orders;
  private final BufferedReader answers;
  private final Path errors;

  private TrainerProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    this.orders = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static TrainerProcess start(Machine machine, URI node, Path site, String session)
      throws IOException {
    List<String> command =
        SwarmProcess.java(
            machine, PlainTrainer.class.getName(), node.toString(), site.toString(), session);
    Path errors = machine.folder().resolve("trainer.txt");
    return new TrainerProcess(
        new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
  }

  void open(String contract) throws IOException {
    String unused = ask("open " + contract);
  }

  /** Sends weights as sync {@code n} and waits until they are merged; returns the round. */
  long sync(long n, float one, float other) throws IOException {
    return Long.parseLong(ask("sync " + n + " " + one + " " + other));
  }

  /** The trainer itself gives up after a while. */
  private String ask(String order) throws IOException {
    orders.println(order);
    String answer = answers.readLine();
    if (answer == null) {
      throw new IllegalStateException(order + ": " + Files.readString(errors));
    }
    return answer;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
