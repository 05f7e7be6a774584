package io.swarmstream.network.history;

import java.nio.file.Path;
import java.sql.SQLException;

/** The file of the history cannot be read or written. */
public final class HistoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  HistoryException(Path file, SQLException cause) {
    super(
        "the history in "
            + file
            + " cannot be used: "
            + cause.getMessage()
            + "; make room on the disk, or stop the node and delete the file: it is read anew from Kafka",
        cause);
  }
}
