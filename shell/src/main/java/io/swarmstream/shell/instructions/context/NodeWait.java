package io.swarmstream.shell.instructions.context;

import io.swarmstream.clients.network.ApiUnreachableException;
import io.swarmstream.clients.network.VersionInfo;
import io.swarmstream.shell.session.ShellCall;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/** Waits until a network node answers. */
final class NodeWait {
  /** As HPE Swarm Learning tries. */
  static final int RETRIES = 360;

  private static final Duration BETWEEN = Duration.ofSeconds(5);

  private NodeWait() {}

  /**
   * Waits. Does not wait for a node that refuses this member, or is of another swarm.
   *
   * @throws IllegalStateException when it did not answer often enough; says why
   */
  static VersionInfo await(ShellCall call, URI node, int retries) throws InterruptedException {
    call.say("WAITING FOR " + node);
    Instant end =
        call.session().pace().now().plus(call.session().bounded(BETWEEN.multipliedBy(retries)));
    String last = "";
    for (int tried = 1; ; tried++) {
      try {
        VersionInfo version = NodeProbe.ask(call, node);
        call.say(NodeProbe.UP);
        return version;
      } catch (ApiUnreachableException e) {
        String why = String.valueOf(e.getMessage());
        if (!why.equals(last)) {
          last = why;
          call.say(why);
        }
        if (tried >= retries || call.session().pace().now().plus(BETWEEN).isAfter(end)) {
          throw new IllegalStateException(
              node
                  + " has not answered "
                  + tried
                  + " times, every "
                  + BETWEEN.toSeconds()
                  + " s: "
                  + why
                  + "; is the network node started, and the host right?",
              e);
        }
      }
      call.session().pace().pause(BETWEEN);
    }
  }
}
