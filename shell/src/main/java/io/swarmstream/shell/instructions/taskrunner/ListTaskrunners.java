package io.swarmstream.shell.instructions.taskrunner;

import io.swarmstream.clients.chain.tasks.Assignment;
import io.swarmstream.clients.chain.tasks.Taskrunner;
import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Columns;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;
import java.util.List;

/** Lists the taskrunners. */
public final class ListTaskrunners implements Instruction {
  @Override
  public About about() {
    return About.of(
        "LIST TASKRUNNERS", "Lists the taskrunners: name, state, task.", "LIST TASKRUNNERS");
  }

  @Override
  public Object run(ShellCall call) {
    List<Taskrunner> all = call.tasks().taskrunners();
    Columns columns = new Columns();
    all.forEach(
        one ->
            columns.row(
                one.name(), one.state().name(), one.assignment().map(Assignment::task).orElse("")));
    columns.say(call.out());
    return all;
  }
}
