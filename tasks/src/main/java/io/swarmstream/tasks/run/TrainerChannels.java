package io.swarmstream.tasks.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a trainer reaches its site: a folder that it sees, with pipes and a socket. The resource
 * manager sets SL_REQUEST_CHANNEL, SL_RESPONSE_CHANNEL and SWARM_NODE to the paths that the trainer
 * sees. They need not exist when it starts.
 *
 * @param folder on the host; nothing else that is secret is in it
 * @param request name of the pipe from the trainer
 * @param response name of the pipe to the trainer
 * @param socket name of the Unix socket
 */
public record TrainerChannels(
    Path folder, Optional<String> request, Optional<String> response, Optional<String> socket) {
  /**
   * The variables that tell the trainer.
   *
   * @param seen path of the folder as the trainer sees it
   */
  public Map<String, String> variables(String seen) {
    Map<String, String> variables = new LinkedHashMap<>();
    request.ifPresent(name -> variables.put("SL_REQUEST_CHANNEL", seen + "/" + name));
    response.ifPresent(name -> variables.put("SL_RESPONSE_CHANNEL", seen + "/" + name));
    socket.ifPresent(name -> variables.put("SWARM_NODE", "unix://" + seen + "/" + name));
    return variables;
  }
}
