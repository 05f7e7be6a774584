package io.swarmstream.tasks.docker;

import io.swarmstream.tasks.run.TrainerOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/** Labels by which trainers' containers are found again. */
final class ContainerLabels {
  static final String AGENT = "io.swarmstream.agent";
  static final String RUN = "io.swarmstream.run";
  static final String SITE = "io.swarmstream.site";
  static final String SECONDS = "io.swarmstream.limit.seconds";

  private ContainerLabels() {}

  static Map<String, String> of(String agent, TrainerOrder order) {
    Map<String, String> labels = new LinkedHashMap<>(order.labels());
    labels.put(AGENT, agent);
    labels.put(RUN, order.runKey());
    labels.put(SITE, String.valueOf(order.site()));
    labels.put(SECONDS, String.valueOf(order.limits().time().toSeconds()));
    return labels;
  }
}
