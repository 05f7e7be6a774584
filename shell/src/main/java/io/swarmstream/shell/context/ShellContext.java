package io.swarmstream.shell.context;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.TreeMap;

/**
 * A network node that commands go through.
 *
 * @param host as the user wrote it: a name, an address, or an alias
 * @param port of its API
 * @param isService whether it was named as a service, which stands behind a proxy
 * @param environment settings of the context
 */
public record ShellContext(
    @JsonProperty("name") String name,
    @JsonProperty("host") String host,
    @JsonProperty("port") int port,
    @JsonProperty("service") boolean isService,
    @JsonProperty("environment") Map<String, String> environment) {
  public ShellContext {
    environment = Map.copyOf(environment);
  }

  /** The same context at another place. */
  public ShellContext at(String newHost, int newPort, boolean newIsService) {
    return new ShellContext(name, newHost, newPort, newIsService, environment);
  }

  /** The same context with a variable. */
  public ShellContext with(String variable, String value) {
    Map<String, String> more = new TreeMap<>(environment);
    more.put(variable, value);
    return new ShellContext(name, host, port, isService, more);
  }
}
