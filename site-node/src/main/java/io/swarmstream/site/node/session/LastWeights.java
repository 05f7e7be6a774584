package io.swarmstream.site.node.session;

import io.swarmstream.schemas.layout.FlatVector;
import io.swarmstream.site.node.weights.WeightsFile;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Holds the weights of a session's newest sync. The snapshot of a trainer that has finished stays
 * on disk until the training is over, across restarts of the node. Safe for use by several threads:
 * the worker replaces the weights, the request that finishes keeps them.
 */
final class LastWeights implements AutoCloseable {
  private final SessionFolder folder;

  /** Null: no sync has arrived yet. */
  private @Nullable WeightsFile newest;

  private boolean isKept;

  private LastWeights(SessionFolder folder, @Nullable WeightsFile kept) {
    this.folder = folder;
    this.newest = kept;
    this.isKept = kept != null;
  }

  /** Takes up the snapshot that an earlier process of this node has kept, if it has. */
  static LastWeights kept(SessionFolder folder, long parameterCount) throws IOException {
    return new LastWeights(folder, folder.snapshot(parameterCount).orElse(null));
  }

  /** Begins without weights, and deletes the snapshot of another session if there is one. */
  static LastWeights none(SessionFolder folder) throws IOException {
    folder.dropSnapshot();
    return new LastWeights(folder, null);
  }

  synchronized @Nullable FlatVector vector() {
    return newest;
  }

  /** Replaces them with those of a newer sync. */
  synchronized void replace(WeightsFile others) throws IOException {
    close();
    newest = others;
    drop();
  }

  /** Keeps them as the snapshot of a trainer that has finished; returns when the disk has it. */
  synchronized void keep() throws IOException {
    if (newest != null && !isKept) {
      folder.keepSnapshot(newest);
      isKept = true;
    }
  }

  /** Deletes the snapshot: the training is over, or continues. */
  synchronized void drop() throws IOException {
    isKept = false;
    folder.dropSnapshot();
  }

  @Override
  public synchronized void close() {
    if (newest != null) {
      newest.close();
    }
  }
}
