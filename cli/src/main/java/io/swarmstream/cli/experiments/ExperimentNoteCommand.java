package io.swarmstream.cli.experiments;

import io.swarmstream.cli.options.JsonChoice;
import io.swarmstream.clients.network.ExperimentInfo;
import io.swarmstream.clients.network.NetworkClient;
import io.swarmstream.clients.network.NotesOrder;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code swarm experiments note}. */
@Command(
    name = "note",
    description =
        "Sets the notes and tags of a training, which all members read. What is not given stays.",
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ExperimentNoteCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "EXPERIMENT", description = "Its name on the chain.")
  private String name;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TEXT",
      description = "The notes, at most 4,000 characters; '' removes them.")
  private @Nullable String text;

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "A word to find it by; to be repeated, at most 20.")
  private @Nullable List<String> tags;

  @Option(names = "--no-tags", description = "Remove the tags.")
  private boolean noTags;

  @Mixin private JsonChoice json;
  @Mixin private ExperimentPlace place;

  @Override
  public Integer call() throws Exception {
    NetworkClient api = place.api();
    ExperimentInfo known = api.experiment(name);
    List<String> kept = noTags ? List.of() : known.tags();
    ExperimentInfo noted =
        api.note(
            name, new NotesOrder(text == null ? known.notes() : text, tags == null ? kept : tags));
    if (json.isJson()) {
      spec.commandLine().getOut().println(JsonChoice.text(noted));
    } else {
      ExperimentText.print(noted, spec.commandLine().getOut());
    }
    return 0;
  }
}
