package io.swarmstream.site.node.session;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Remembers a session's newest sync and the newest model that its trainer was given, across a
 * restart of the node. Both are on disk before the trainer can know of them: a node that forgot a
 * model would take the trainer's next weights for those of an older one and discard them. Safe for
 * use by several threads.
 */
final class SessionMemory {
  private final SessionFolder folder;
  private SessionFolder.Begun remembered;

  private SessionMemory(SessionFolder folder, SessionFolder.Begun remembered) {
    this.folder = folder;
    this.remembered = remembered;
  }

  /** Continues from what an earlier process of this node has remembered, if anything. */
  static SessionMemory of(
      SessionFolder folder, String contract, Optional<SessionFolder.Begun> earlier) {
    return new SessionMemory(folder, earlier.orElse(SessionFolder.Begun.nothing(contract)));
  }

  /**
   * Remembers that a sync's weights go to a round. Call it before they are sent.
   *
   * @param round that they go to; of a sync that is answered without a contribution, the model's
   */
  synchronized void begin(SyncProgress sync, long round) throws IOException {
    remember(remembered.with(sync.number(), sync.bodyHash(), round));
  }

  /**
   * Remembers the model that answers a sync. Call it before the trainer can ask for it.
   *
   * @param round that the sync's weights went to, or the model's
   */
  synchronized void merged(SyncProgress sync, long round, ModelId model) throws IOException {
    remember(
        remembered.with(sync.number(), sync.bodyHash(), round).with(model.round(), model.hash()));
  }

  /**
   * Remembers the newest model and returns it, to be given to the trainer. The model is read under
   * the same lock, so that an older one never replaces a newer one.
   */
  synchronized <T> Optional<T> give(Supplier<Optional<T>> newest, Function<T, ModelId> id)
      throws IOException {
    Optional<T> model = newest.get();
    if (model.isPresent()) {
      ModelId given = id.apply(model.get());
      remember(remembered.with(given.round(), given.hash()));
    }
    return model;
  }

  /** Whether this is the newest model that the trainer was given. */
  synchronized boolean isGiven(ModelId model) {
    return remembered.modelRound() == model.round() && remembered.modelHash().equals(model.hash());
  }

  private void remember(SessionFolder.Begun next) throws IOException {
    if (!next.equals(remembered)) {
      folder.remember(next);
      remembered = next;
    }
  }
}
