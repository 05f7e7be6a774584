package io.swarmstream.shell.session;

import io.swarmstream.shell.context.ContextBook;
import io.swarmstream.shell.context.HostAliases;
import io.swarmstream.shell.swarm.SwarmMark;
import io.swarmstream.shell.swarm.SwarmOpener;
import io.swarmstream.shell.task.TaskReader;
import java.util.Map;

/**
 * What all sessions of a shell share.
 *
 * @param mark of the member's swarm
 * @param environment of the process, where a context has no variable of a name
 */
public record ShellParts(
    ContextBook contexts,
    HostAliases aliases,
    SwarmOpener swarms,
    SwarmMark mark,
    TaskReader taskReader,
    ShellPace pace,
    Map<String, String> environment) {
  public ShellParts {
    environment = Map.copyOf(environment);
  }
}
