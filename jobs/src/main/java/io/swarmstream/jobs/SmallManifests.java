package io.swarmstream.jobs;

import java.util.Collection;
import org.apache.flink.state.rocksdb.RocksDBOptionsFactory;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;

/**
 * Keeps RocksDB's manifests small. A manifest logs each flush and compaction, and RocksDB starts a
 * new one at 1 GiB. Each checkpoint flushes and contains the whole manifest: at two checkpoints a
 * second, the manifest made the state of 10,000 parameters five times as large after 400 rounds,
 * and would reach gigabytes within a week.
 */
public final class SmallManifests implements RocksDBOptionsFactory {
  private static final long serialVersionUID = 1L;

  /** A few hundred checkpoints; a new manifest costs a file of a few kilobytes. */
  static final long MAX_BYTES = 64 << 10;

  @Override
  public DBOptions createDBOptions(
      DBOptions currentOptions, Collection<AutoCloseable> handlesToClose) {
    return currentOptions.setMaxManifestFileSize(MAX_BYTES);
  }

  @Override
  public ColumnFamilyOptions createColumnOptions(
      ColumnFamilyOptions currentOptions, Collection<AutoCloseable> handlesToClose) {
    return currentOptions;
  }
}
