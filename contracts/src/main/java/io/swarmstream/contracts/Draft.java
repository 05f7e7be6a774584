package io.swarmstream.contracts;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Optimizer;
import io.swarmstream.schemas.Privacy;
import io.swarmstream.schemas.files.TextFile;
import io.swarmstream.schemas.hashing.PayloadHash;
import java.io.IOException;
import java.io.StringReader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A training contract that waits for its first trainer, which brings the layout. It is in a local
 * swarm's folder, not on the chain.
 *
 * @param name that trainers use
 * @param generation counts from 1 how often the draft was reset; terms on the chain never change,
 *     so each generation is another contract there
 * @param minPeers null: the first trainer decides
 * @param mergeMethod null: the first trainer decides
 * @param encoding how sites send their deltas; trainers do not decide it
 * @param adaptiveInterval mini-batches before the first merge of an adaptive training; 0: not
 *     adaptive; null: the first trainer decides
 * @param limits what no site may exceed in a round; trainers do not decide them
 * @param maxWeight greatest weight that sites which enrol themselves may ask for
 * @param payloadHash how payloads are hashed; trainers do not decide it
 * @param optimizer turns merged deltas into steps of the model; trainers do not decide it
 * @param privacy what sites do to their deltas before they send them; trainers do not decide it
 */
public record Draft(
    String name,
    int generation,
    Duration gracePeriod,
    @Nullable Integer minPeers,
    @Nullable String mergeMethod,
    DeltaEncoding encoding,
    @Nullable Integer adaptiveInterval,
    WantedLimits limits,
    int maxWeight,
    PayloadHash payloadHash,
    Optimizer optimizer,
    Privacy privacy) {
  private static final String FOLDER = "drafts";
  private static final String SUFFIX = ".properties";

  /**
   * A draft with float32 deltas, usual limits, BLAKE3, and neither optimizer nor privacy; the first
   * trainer decides whether it is adaptive.
   */
  public Draft(
      String name,
      int generation,
      Duration gracePeriod,
      @Nullable Integer minPeers,
      @Nullable String mergeMethod) {
    this(
        name,
        generation,
        gracePeriod,
        minPeers,
        mergeMethod,
        DeltaEncoding.FLOAT32,
        null,
        WantedLimits.USUAL,
        ContractOwner.USUAL_MAX_WEIGHT,
        PayloadHash.BLAKE3,
        Optimizer.NONE,
        Privacy.NONE);
  }

  /** The same draft with another greatest weight. */
  public Draft withMaxWeight(int weight) {
    return new Draft(
        name,
        generation,
        gracePeriod,
        minPeers,
        mergeMethod,
        encoding,
        adaptiveInterval,
        limits,
        weight,
        payloadHash,
        optimizer,
        privacy);
  }

  /** The same draft with another encoding of deltas. */
  public Draft withEncoding(DeltaEncoding other) {
    return new Draft(
        name,
        generation,
        gracePeriod,
        minPeers,
        mergeMethod,
        other,
        adaptiveInterval,
        limits,
        maxWeight,
        payloadHash,
        optimizer,
        privacy);
  }

  /** The name of the contract on the chain. */
  public String contract() {
    return generation == 1 ? name : name + "." + generation;
  }

  /** The next generation: the training starts anew, and its first trainer decides again. */
  public Draft reset() {
    return new Draft(
        name,
        generation + 1,
        gracePeriod,
        minPeers,
        mergeMethod,
        encoding,
        adaptiveInterval,
        limits,
        maxWeight,
        payloadHash,
        optimizer,
        privacy);
  }

  /** The draft of a name in a local swarm's folder. */
  public static Optional<Draft> find(Path swarm, String name) throws IOException {
    Path file = file(swarm, name);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Properties said = TextFile.properties(file);
    return Optional.of(of(name, Integer.parseInt(said.getProperty("generation")), said));
  }

  /**
   * The draft that a text describes.
   *
   * @param text as {@link #text} makes it
   * @throws IllegalArgumentException when it is none
   */
  public static Draft ofText(String name, int generation, String text) {
    Properties said = new Properties();
    try {
      said.load(new StringReader(text));
      return of(name, generation, said);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "the draft of contract " + name + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Draft of(String name, int generation, Properties said) {
    return new Draft(
        name,
        generation,
        Duration.ofMillis(Long.parseLong(said.getProperty("grace-period-ms"))),
        number(said, "min-peers"),
        said.getProperty("merge-method"),
        DeltaEncoding.named(said.getProperty("encoding", DeltaEncoding.FLOAT32.code())),
        number(said, "adaptive-interval"),
        new WantedLimits(said.getProperty("share-limit"), said.getProperty("norm-limit")),
        Integer.parseInt(
            said.getProperty("max-weight", Integer.toString(ContractOwner.USUAL_MAX_WEIGHT))),
        PayloadHash.named(said.getProperty("payload-hash", PayloadHash.BLAKE3.code())),
        new Optimizer(said.getProperty("optimizer", Optimizer.NONE.text())),
        new Privacy(said.getProperty("privacy", Privacy.NONE.text())));
  }

  private static @Nullable Integer number(Properties said, String what) {
    String number = said.getProperty(what);
    return number == null ? null : Integer.valueOf(number);
  }

  /** Writes the draft to a swarm's folder, over an earlier generation. */
  public void writeTo(Path swarm) throws IOException {
    Properties said = properties();
    said.setProperty("generation", Integer.toString(generation));
    Files.createDirectories(swarm.resolve(FOLDER));
    try (Writer writer = Files.newBufferedWriter(file(swarm, name))) {
      said.store(writer, "Draft of a training contract: its first trainer brings the layout");
    }
  }

  /** The draft as a text of a few lines, without its name and generation. */
  public String text() {
    Properties said = properties();
    return said.stringPropertyNames().stream()
        .sorted()
        .map(key -> key + "=" + said.getProperty(key))
        .collect(Collectors.joining("\n"));
  }

  private Properties properties() {
    Properties said = new Properties();
    said.setProperty("grace-period-ms", Long.toString(gracePeriod.toMillis()));
    said.setProperty("encoding", encoding.code());
    said.setProperty("payload-hash", payloadHash.code());
    said.setProperty("optimizer", optimizer.text());
    said.setProperty("privacy", privacy.text());
    if (minPeers != null) {
      said.setProperty("min-peers", Integer.toString(minPeers));
    }
    if (mergeMethod != null) {
      said.setProperty("merge-method", mergeMethod);
    }
    if (adaptiveInterval != null) {
      said.setProperty("adaptive-interval", Integer.toString(adaptiveInterval));
    }
    if (limits.share() != null) {
      said.setProperty("share-limit", limits.share());
    }
    if (limits.norm() != null) {
      said.setProperty("norm-limit", limits.norm());
    }
    said.setProperty("max-weight", Integer.toString(maxWeight));
    return said;
  }

  /** All drafts of a local swarm, by name. */
  public static List<Draft> all(Path swarm) throws IOException {
    List<Draft> drafts = new ArrayList<>();
    for (Path file : files(swarm)) {
      String name = file.getFileName().toString();
      find(swarm, name.substring(0, name.length() - SUFFIX.length())).ifPresent(drafts::add);
    }
    return drafts;
  }

  /** Deletes the drafts of an earlier swarm of the folder. */
  public static void deleteAll(Path swarm) throws IOException {
    for (Path file : files(swarm)) {
      Files.deleteIfExists(file);
    }
  }

  private static List<Path> files(Path swarm) throws IOException {
    Path folder = swarm.resolve(FOLDER);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
  }

  /**
   * The draft's file.
   *
   * @throws IllegalArgumentException when the name is not a contract's, because it could be any
   *     path
   */
  private static Path file(Path swarm, String name) {
    return swarm.resolve(FOLDER).resolve(ContractTerms.checkName(name) + SUFFIX);
  }
}
