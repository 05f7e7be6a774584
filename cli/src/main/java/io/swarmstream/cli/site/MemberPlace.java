package io.swarmstream.cli.site;

import io.swarmstream.cli.options.SwarmFolders;
import io.swarmstream.site.node.join.SiteFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that all commands for a member site share. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class MemberPlace {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description =
          "The site's folder for keys, certificate, weights and models. Default: .swarm/site.")
  private @Nullable Path folder;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;

  Path path() {
    return folder == null ? SwarmFolders.site() : folder.toAbsolutePath();
  }

  boolean isUsual() {
    return folder == null;
  }

  SiteFolder existing() throws IOException {
    return SiteFolder.existing(path());
  }

  ParameterException wrong(IllegalArgumentException e) {
    return new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
  }

  void say(String line) {
    command.commandLine().getOut().println(line);
  }

  void progress(String line) {
    command.commandLine().getErr().println(line);
  }
}
