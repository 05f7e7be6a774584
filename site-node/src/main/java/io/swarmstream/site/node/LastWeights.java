package io.swarmstream.site.node;

import io.swarmstream.schemas.layout.FlatVector;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a session's newest sync was made of. As a snapshot, which is repeated when the trainer has
 * finished, it is on disk until the training is over: the node may be started again meanwhile. Of
 * one thread.
 */
final class LastWeights implements AutoCloseable {
  private final SessionFolder folder;

  /** Null: no sync has come yet. */
  private @Nullable WeightsFile newest;

  private boolean isKept;

  private LastWeights(SessionFolder folder, @Nullable WeightsFile kept) {
    this.folder = folder;
    this.newest = kept;
    this.isKept = kept != null;
  }

  /** Those of a session that an earlier process of this node had, as far as they were kept. */
  static LastWeights kept(SessionFolder folder, long parameterCount) throws IOException {
    return new LastWeights(folder, folder.snapshot(parameterCount).orElse(null));
  }

  /** Of a session that is new. */
  static LastWeights none(SessionFolder folder) throws IOException {
    folder.dropSnapshot();
    return new LastWeights(folder, null);
  }

  @Nullable FlatVector vector() {
    return newest;
  }

  /** The trainer has sent others. */
  void replace(WeightsFile others) throws IOException {
    close();
    newest = others;
    drop();
  }

  /** The trainer has finished: they are its snapshot. */
  void keep() throws IOException {
    if (newest != null && !isKept) {
      folder.keepSnapshot(newest);
      isKept = true;
    }
  }

  /** The training is over: nothing is repeated any more. */
  void drop() throws IOException {
    isKept = false;
    folder.dropSnapshot();
  }

  @Override
  public void close() {
    if (newest != null) {
      newest.close();
    }
  }
}
