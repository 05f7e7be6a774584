package io.swarmstream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

class SmallManifestsTest {
  private static final int FLUSHES = 1_500;

  @TempDir Path folder;

  @BeforeAll
  static void loadRocksDb() {
    RocksDB.loadLibrary();
  }

  @Test
  void staySmallHoweverOftenRocksDbFlushes() throws Exception {
    try (DBOptions plain = new DBOptions();
        DBOptions small =
            new SmallManifests().createDBOptions(new DBOptions(), new ArrayList<>())) {
      long bound = 2 * SmallManifests.MAX_BYTES;
      assertThat(manifestBytes(plain, folder.resolve("plain"))).isGreaterThan(bound);
      assertThat(manifestBytes(small, folder.resolve("small"))).isPositive().isLessThan(bound);
    }
  }

  private static long manifestBytes(DBOptions settings, Path place) throws Exception {
    Files.createDirectories(place);
    try (Options options = new Options(settings, new ColumnFamilyOptions());
        FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
      options.setCreateIfMissing(true);
      try (RocksDB db = RocksDB.open(options, place.toString())) {
        for (int i = 0; i < FLUSHES; i++) {
          db.put(new byte[] {1}, new byte[] {(byte) i});
          db.flush(flush);
        }
      }
    }
    long bytes = 0;
    try (Stream<Path> files = Files.list(place)) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith("MANIFEST-")) {
          bytes += Files.size(file);
        }
      }
    }
    return bytes;
  }
}
