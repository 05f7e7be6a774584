package io.swarmstream.shell.console;

import io.swarmstream.clients.chain.tasks.Task;
import io.swarmstream.clients.chain.tasks.TaskType;
import io.swarmstream.clients.chain.tasks.Taskrunner;
import io.swarmstream.clients.network.ContractInfo;
import io.swarmstream.clients.network.MemberInfo;
import io.swarmstream.shell.context.ShellContext;
import io.swarmstream.shell.grammar.ValueKind;
import io.swarmstream.shell.session.ShellSession;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The names that a value may be, for completion. */
final class NameSource {
  private static final Logger LOG = LoggerFactory.getLogger(NameSource.class);

  private final ShellSession session;

  NameSource(ShellSession session) {
    this.session = session;
  }

  /** Names of a kind; none when they cannot be found now. */
  List<String> of(ValueKind kind, String begun) {
    try {
      return switch (kind) {
        case CONTEXT -> session.contexts().all().stream().map(ShellContext::name).toList();
        case CONTRACT -> session.swarm().contracts().stream().map(ContractInfo::name).toList();
        case TASK -> session.swarm().tasks().tasks().stream().map(Task::name).toList();
        case TASKRUNNER ->
            session.swarm().tasks().taskrunners().stream().map(Taskrunner::name).toList();
        case AGENT ->
            session.swarm().members().stream()
                .filter(member -> member.roles().contains("agent"))
                .map(MemberInfo::name)
                .toList();
        case TASK_TYPE ->
            Arrays.stream(TaskType.values())
                .filter(type -> type != TaskType.ROOT_TASK)
                .map(Enum::name)
                .toList();
        case VARIABLE -> List.of("SWCI_RUN_TASK_MAX_WAIT_TIME", "SWCI_GENERIC_TASK_MAX_WAIT_TIME");
        case FILE, FOLDER -> paths(begun);
        default -> List.of();
      };
    } catch (IOException | RuntimeException e) {
      LOG.info("no names of {}", kind, e);
      return List.of();
    }
  }

  private List<String> paths(String begun) throws IOException {
    String folder = begun.substring(0, begun.lastIndexOf('/') + 1);
    return session.workplace().list(folder.isEmpty() ? "." : folder).stream()
        .map(name -> folder + name)
        .toList();
  }
}
