package io.swarmstream.cli.experiments;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code swarm experiments export}. */
@Command(
    name = "export",
    description = "Writes all rounds of a training to a file.",
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ExperimentExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "EXPERIMENT", description = "Its name on the chain.")
  private String name;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "csv: a line for each round and site; json: all that is known of the rounds; tensorboard: a zip of"
              + " event files. Default: ${DEFAULT-VALUE}.")
  private Format format = Format.csv;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "File to write; must not exist. Default: the experiment's name and the ending.")
  private @Nullable Path out;

  @Mixin private ExperimentPlace place;

  /** What can be written. */
  @SuppressWarnings("checkstyle:ConstantName") // users write these
  enum Format {
    csv(".csv"),
    json(".json"),
    tensorboard(".tensorboard.zip");

    private final String ending;

    Format(String ending) {
      this.ending = ending;
    }
  }

  @Override
  public Integer call() throws Exception {
    Path file = out == null ? Path.of(name + format.ending) : out;
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(
          file.toString(), null, "there is such a file already; name another by -o");
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      place.api().export(name, format.name().toLowerCase(Locale.ROOT), part);
      Files.move(part, file);
    } finally {
      Files.deleteIfExists(part);
    }
    spec.commandLine().getOut().println(file + " has " + Files.size(file) + " bytes.");
    return 0;
  }
}
