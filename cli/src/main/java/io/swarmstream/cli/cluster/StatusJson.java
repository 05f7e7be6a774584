package io.swarmstream.cli.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmstream.local.processes.ClusterStatus;
import java.time.Instant;

/** A cluster's status as JSON; unknown values are null. */
final class StatusJson {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private StatusJson() {}

  static String of(ClusterStatus status) throws JsonProcessingException {
    ObjectNode json = JSON.createObjectNode();
    json.put("whole", status.isWhole());
    json.put("folder", status.folder().toString());
    for (ClusterStatus.PartStatus process : status.processes()) {
      json.withArray("/processes")
          .addObject()
          .put("name", process.label())
          .put("pid", process.pid().orElse(null))
          .put("answers", process.answers())
          .put("downSinceMs", process.downSince().map(Instant::toEpochMilli).orElse(null))
          .put("address", process.address());
    }
    json.put("leader", status.leader().orElse(null));
    json.put("freeSlots", status.freeSlots().orElse(null));
    status
        .job()
        .ifPresentOrElse(
            job ->
                json.putObject("job")
                    .put("id", job.id())
                    .put("state", job.state())
                    .put("stateSinceMs", job.stateSinceMs())
                    .put("tasksRunning", job.tasksRunning())
                    .put("tasks", job.tasks())
                    .put("checkpoints", job.checkpoints())
                    .put("checkpointBytes", job.checkpointBytes())
                    .put("checkpointAtMs", job.checkpointAtMs()),
            () -> json.putNull("job"));
    return JSON.writeValueAsString(json);
  }
}
