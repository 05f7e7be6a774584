package io.swarmstream.site.internal;

import io.swarmstream.clients.kafka.log.PublishedRound;
import io.swarmstream.schemas.ContractTerms;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The merged model that the next delta is taken from. The training thread replaces it; any thread
 * may look at it. Two places take turns: one holds the base, the next model is read into the other.
 */
final class BaseModel {
  private final ContractTerms terms;
  private final Optional<Path> folder;

  /** Null: no round is sealed, as far as this site knows. */
  private volatile @Nullable HeldMerge base;

  /** Of the training thread. Null: no place has been made, or the base is in it. */
  private @Nullable HeldModel spare;

  BaseModel(ContractTerms terms, Optional<Path> folder) {
    this.terms = terms;
    this.folder = folder;
  }

  /** A model as read, proven against its record. */
  record Received(PublishedRound sealed, HeldModel model) {}

  /** Reads a model into a place, and returns the round that it is of. */
  @FunctionalInterface
  interface ModelReader {
    PublishedRound readInto(HeldModel place) throws InterruptedException;
  }

  /** Empty before round 0 is merged; any thread may ask. */
  Optional<HeldMerge> current() {
    return Optional.ofNullable(base);
  }

  /** Reads a model beside the base, which stays readable. */
  Received receive(ModelReader reader) throws InterruptedException {
    if (spare == null) {
      spare = HeldModel.make(terms.parameterCount(), folder);
    }
    HeldModel place = spare;
    return new Received(reader.readInto(place), place);
  }

  /** Makes a received model the base; from now on the base before cannot be read. */
  void replace(HeldMerge next) {
    HeldMerge before = base;
    base = next;
    spare = before == null ? null : before.giveUp();
  }

  void discard() {
    HeldMerge last = base;
    if (last != null) {
      last.discard();
    }
    if (spare != null) {
      spare.discard();
    }
  }
}
