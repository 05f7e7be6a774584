package io.swarmstream.shell.instructions.context;

import io.swarmstream.shell.context.ShellContext;
import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Columns;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;

/** Lists the contexts. */
public final class ListContexts implements Instruction {
  @Override
  public About about() {
    return About.of(
        "LIST CONTEXTS", "Lists the contexts; the present one has a star.", "LIST CONTEXTS");
  }

  @Override
  public Object run(ShellCall call) {
    String present = call.session().context().name();
    Columns columns = new Columns();
    for (ShellContext context : call.session().contexts().all()) {
      columns.row(
          (context.name().equals(present) ? "* " : "  ") + context.name(),
          call.session().url(context).toString());
    }
    columns.say(call.out());
    return call.session().contexts().all();
  }
}
