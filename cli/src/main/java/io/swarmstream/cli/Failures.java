package io.swarmstream.cli;

import io.swarmstream.site.node.problem.FileFailure;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns every exception of a command into one sentence and an exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    command
        .getErr()
        .println(name + ": " + sentence(e) + " ('" + name + " --help' lists the options)");
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    String name = command.getCommandSpec().qualifiedName();
    LoggerFactory.getLogger(Failures.class).error("'{}' failed", name, e);
    command
        .getErr()
        .println(name + ": " + sentence(e) + " (the whole story is in " + LogFile.path() + ")");
    return ExitCode.SOFTWARE;
  }

  /** The first message on the way to the cause that a programmer wrote, on one line. */
  static String sentence(Throwable thrown) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof UnknownHostException unknown) {
        return nameless(unknown);
      }
      if (at instanceof FileSystemException file) {
        return FileFailure.sentence(file);
      }
      String message = at.getMessage();
      // A wrapper repeats the wrapped exception's class and text.
      boolean written = message != null && (at.getCause() == null || !isRepeated(message, at));
      if (written && message != null && !message.isBlank()) {
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
      }
    }
    if (thrown instanceof InterruptedException) {
      return "interrupted; everything that was started is stopped";
    }
    return "failed with " + thrown.getClass().getName();
  }

  /** Java's own message is the host's name, once or twice, and the system's error text. */
  private static String nameless(UnknownHostException unknown) {
    String name = String.valueOf(unknown.getMessage()).split(":", 2)[0];
    return "this machine knows no address of the name '"
        + name
        + "'; add a line for it to /etc/hosts (127.0.0.1 if the name is its own), or give an address";
  }

  private static boolean isRepeated(String message, Throwable wrapper) {
    Throwable cause = wrapper.getCause();
    return cause != null && message.equals(cause.toString());
  }
}
