package io.swarmstream.cli;

import io.swarmstream.cli.options.SwarmFolders;
import io.swarmstream.schemas.files.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ParseResult;

/**
 * Directs all logging to a file, so that only commands write to the console.
 *
 * <p>A JVM has one log file: the logging system reads its name when the first logger is created.
 */
final class LogFile {
  /** Read by log4j2.properties. */
  private static final String PROPERTY = "swarm.log";

  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private LogFile() {}

  static void openFor(ParseResult parsed) {
    if (System.getProperty(PROPERTY) == null) {
      String command = parsed.hasSubcommand() ? parsed.subcommand().commandSpec().name() : "swarm";
      Path file =
          SwarmFolders.home()
              .resolve("logs")
              .resolve(
                  command + "-" + LocalDateTime.now(ZoneId.systemDefault()).format(STAMP) + ".log");
      System.setProperty(PROPERTY, file.toString());
      makeFolder();
      // Create the first logger here, in one thread: when several threads do, slf4j warns on the
      // console.
      LoggerFactory.getLogger(LogFile.class).debug("Logging to {}", file);
    }
  }

  /** Creates the folder for this user alone; if that fails, the logging system reports why. */
  private static void makeFolder() {
    try {
      PrivateFiles.closedFolder(SwarmFolders.home());
      PrivateFiles.folder(SwarmFolders.home().resolve("logs"));
    } catch (IOException e) {
      // Reported by the logging system, which opens the file.
    }
  }

  static String path() {
    return System.getProperty(PROPERTY, "the log");
  }
}
