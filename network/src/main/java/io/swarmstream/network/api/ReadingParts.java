package io.swarmstream.network.api;

import io.swarmstream.clients.network.TopologyInfo;
import io.swarmstream.network.history.RoundHistory;
import io.swarmstream.network.log.ExperimentNotes;
import io.swarmstream.network.log.OpenRounds;
import io.swarmstream.network.log.RefusedContributions;
import io.swarmstream.network.proof.RoundVerifier;
import io.swarmstream.network.proof.Verifications;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * The parts of a node that tell of trainings.
 *
 * @param keeper keeps a note where all nodes find it
 * @param place where log and chain are; throws IllegalStateException when Kafka is not known yet
 * @param cache folder for files that are deleted again
 */
public record ReadingParts(
    RoundHistory rounds,
    OpenRounds open,
    RefusedContributions refused,
    ExperimentNotes notes,
    NoteKeeper keeper,
    RoundVerifier verifier,
    Verifications verifications,
    Supplier<RoundVerifier.Place> place,
    Supplier<TopologyInfo> topology,
    Path cache) {

  /** Keeps notes. */
  @FunctionalInterface
  public interface NoteKeeper {
    /** Returns when the note is kept. */
    void keep(ExperimentNotes.Note note) throws InterruptedException;
  }
}
