package io.swarmstream.cli.agent;

import io.swarmstream.tasks.agent.SiteOrder;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that starts the node of a site as a process of its own: {@code swarm site start}. */
final class SiteCommandLine {
  private SiteCommandLine() {}

  /**
   * The command for one site.
   *
   * @param program main class of {@code swarm}
   */
  static List<String> of(String program, SiteOrder order) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (isForAll(flag)) {
        command.add(flag);
      }
    }
    command.add("-Dswarm.log=" + order.place().resolve("node.log"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(program);
    command.addAll(
        List.of(
            "site",
            "start",
            "--folder",
            order.member().toString(),
            "--port",
            "0",
            "--socket",
            order.socket().toString(),
            "--pipes",
            order.channels().toString()));
    return command;
  }

  /** Flags of this program that another one of ours needs, too; no debugger's and no agent's. */
  private static boolean isForAll(String flag) {
    return flag.startsWith("--add-opens")
        || flag.startsWith("-X")
        || (flag.startsWith("-Dswarm.") && !flag.startsWith("-Dswarm.log="));
  }
}
