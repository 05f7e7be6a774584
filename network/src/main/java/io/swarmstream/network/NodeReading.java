package io.swarmstream.network;

import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.network.TopologyInfo;
import io.swarmstream.network.api.EventStream;
import io.swarmstream.network.api.ReadingParts;
import io.swarmstream.network.history.RoundHistory;
import io.swarmstream.network.log.ExperimentNotes;
import io.swarmstream.network.log.HeardNodes;
import io.swarmstream.network.log.OpenRounds;
import io.swarmstream.network.log.RefusedContributions;
import io.swarmstream.network.proof.RoundVerifier;
import io.swarmstream.network.proof.Verifications;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a node knows of trainings: what it has read from Kafka, and what it has verified. */
final class NodeReading implements AutoCloseable {
  private final ChainPlace chain;
  private final RoundVerifier verifier;
  private final Path cache;
  private final KafkaLink.Books books;
  private @Nullable Verifications verifications;

  /** Where verifications read the chain. */
  interface ChainPlace {
    ChainOptions options() throws IOException;
  }

  /**
   * Opens what was read before.
   *
   * @param cache folder that may be deleted while nothing runs
   */
  NodeReading(Path cache, ChainPlace chain, RoundVerifier verifier) throws IOException {
    this.cache = cache;
    this.chain = chain;
    this.verifier = verifier;
    InstantSource clock = InstantSource.system();
    books =
        new KafkaLink.Books(
            RoundHistory.open(cache, clock),
            new OpenRounds(),
            new HeardNodes(clock),
            new RefusedContributions(),
            new ExperimentNotes());
  }

  KafkaLink.Books books() {
    return books;
  }

  /** What the API shows of it. */
  ReadingParts parts(KafkaLink kafka, Supplier<TopologyInfo> topology, EventStream events) {
    Verifications made =
        new Verifications(
            verifier,
            () -> place(kafka),
            InstantSource.system(),
            now -> events.tell("verification", now));
    verifications = made;
    return new ReadingParts(
        books.rounds(),
        books.open(),
        books.refused(),
        books.notes(),
        kafka::keep,
        verifier,
        made,
        () -> place(kafka),
        topology,
        cache);
  }

  /** Where the node itself reads log and chain. */
  private RoundVerifier.Place place(KafkaLink kafka) {
    try {
      return new RoundVerifier.Place(kafka.known(), chain.options());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    Verifications made = verifications;
    if (made != null) {
      made.close();
    }
    books.rounds().close();
  }
}
