package io.swarmstream.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command printed and returned, run in this JVM. */
record Ran(int code, String out, String err) {

  static Ran swarm(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = SwarmCommand.execute(new PrintWriter(out, true), new PrintWriter(err, true), args);
    return new Ran(code, out.toString(), err.toString());
  }
}
