package io.swarmstream.shell.instructions.control;

import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Columns;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Explains commands. */
public final class Help implements Instruction {
  private final Function<String, List<Instruction>> beginning;
  private final Supplier<Collection<Instruction>> all;

  /**
   * Help about a grammar.
   *
   * @param beginning finds instructions by their first words
   */
  public Help(
      Supplier<Collection<Instruction>> all, Function<String, List<Instruction>> beginning) {
    this.all = all;
    this.beginning = beginning;
  }

  @Override
  public About about() {
    return About.of(
        "HELP [ <command> ]",
        "Lists the commands, or explains those that begin with some words.",
        "HELP",
        "HELP ASSIGN TASK");
  }

  @Override
  public Object run(ShellCall call) {
    String words = call.values().find("command").orElse("").strip();
    if (words.isEmpty()) {
      Columns columns = new Columns();
      all.get().forEach(each -> columns.row(each.about().syntax()));
      columns.say(call.out());
      call.say("HELP and the first words of a command explain it. # begins a comment.");
      return all.get().stream().map(Instruction::about).toList();
    }
    List<Instruction> found = beginning.apply(words);
    if (found.isEmpty()) {
      throw new IllegalArgumentException("no command begins with " + words + "; HELP lists them");
    }
    for (Instruction each : found) {
      About about = each.about();
      call.say(about.syntax());
      call.say("    " + about.summary());
      about.examples().forEach(example -> call.say("    > " + example));
    }
    return found.stream().map(Instruction::about).toList();
  }
}
