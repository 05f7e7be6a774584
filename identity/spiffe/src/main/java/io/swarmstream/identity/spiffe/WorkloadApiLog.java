package io.swarmstream.identity.spiffe;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs as ours what the SPIFFE library tells java.util.logging: a stack trace for each attempt that
 * an agent refuses.
 */
final class WorkloadApiLog {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(WorkloadApiLog.class);

  /** Kept here, because java.util.logging forgets loggers, and their filters, that nobody holds. */
  private static final Logger LIBRARY = Logger.getLogger("io.spiffe.workloadapi.StreamObservers");

  private static final Logger ALL = Logger.getLogger("io.spiffe.workloadapi");

  private WorkloadApiLog() {}

  static void shorten() {
    ALL.setLevel(Level.WARNING);
    LIBRARY.setFilter(WorkloadApiLog::log);
  }

  private static boolean log(LogRecord record) {
    LOG.warn(
        "Workload API: {}; tries again",
        record.getThrown() == null ? record.getMessage() : record.getThrown().getMessage());
    return false;
  }
}
