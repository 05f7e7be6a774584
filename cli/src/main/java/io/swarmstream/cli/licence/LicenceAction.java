package io.swarmstream.cli.licence;

import io.swarmstream.identity.IdentityException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands for licences share: help, and wrong values that are the caller's. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
abstract class LicenceAction implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;

  abstract void act(PrintWriter out) throws Exception;

  @Override
  public final Integer call() throws Exception {
    try {
      act(spec.commandLine().getOut());
    } catch (IllegalArgumentException | IdentityException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    return 0;
  }
}
