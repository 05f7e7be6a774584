package io.swarmstream.cli.agent;

import io.swarmstream.cli.options.JsonChoice;
import io.swarmstream.tasks.agent.WaitingRun;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code swarm agent waiting}. */
@Command(
    name = "waiting",
    description = "Shows the run that waits for the owner of this host, and what it would do.",
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AgentWaitingCommand implements Callable<Integer> {
  @Mixin private JsonChoice json;
  @Mixin private AgentPlace place;

  @Override
  public Integer call() throws Exception {
    Optional<WaitingRun> waiting = place.desk().waiting();
    if (json.isJson()) {
      place.say(JsonChoice.text(waiting.map(AgentWaitingCommand::view).orElseGet(Map::of)));
    } else if (waiting.isEmpty()) {
      place.say("Nothing waits.");
    } else {
      print(waiting.get());
    }
    return 0;
  }

  private void print(WaitingRun run) {
    place.say("Run " + run.run() + " of taskrunner " + run.taskrunner() + ", since " + run.since());
    place.say("  task     " + run.task() + " (" + run.type() + ")");
    place.say("  authors  " + String.join(", ", run.authors()));
    place.say("  because  " + run.reason());
    place.say("  body");
    run.body().forEach(line -> place.say("    " + line));
    place.say("Let it run:  ./swarm agent approve " + run.run());
    place.say("Refuse it:   ./swarm agent deny " + run.run());
  }

  private static Map<String, Object> view(WaitingRun run) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("run", run.run());
    view.put("taskrunner", run.taskrunner());
    view.put("task", run.task());
    view.put("type", run.type());
    view.put("authors", run.authors());
    view.put("since", run.since().toString());
    view.put("reason", run.reason());
    view.put("body", run.body());
    return view;
  }
}
