package io.swarmstream.shell;

import io.swarmstream.shell.service.ShellService;
import io.swarmstream.shell.swarm.MemberSwarms;
import java.net.URI;

/** A shell that serves others. */
public final class ServedShell implements AutoCloseable {
  private final ShellService service;
  private final MemberSwarms swarms;

  ServedShell(ShellService service, MemberSwarms swarms) {
    this.service = service;
    this.swarms = swarms;
  }

  /** {@code https://host:port}. */
  public URI uri() {
    return service.uri();
  }

  @Override
  public void close() {
    service.close();
    swarms.close();
  }
}
