package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says that a program of a member runs. */
public record HeartbeatRequest(
    @JsonPropertyDescription("SN, SL or SWOP.") String type,
    @JsonPropertyDescription("Of this run of the program.") String uuid,
    @JsonPropertyDescription("URL, or host and port.") String address,
    @JsonPropertyDescription("Of the product.") String version,
    @JsonPropertyDescription("What a site trains at present, at most 32.")
        @Nullable List<TrainingProgress> trainings,
    @JsonPropertyDescription("true: the last one, because the program is being stopped.")
        @Nullable Boolean ends) {
  /** Most trainings of one heartbeat. */
  public static final int MOST_TRAININGS = 32;

  /** Of a program that goes on. */
  public HeartbeatRequest(
      String type,
      String uuid,
      String address,
      String version,
      @Nullable List<TrainingProgress> trainings) {
    this(type, uuid, address, version, trainings, null);
  }

  /** The last one, of a program that is being stopped. */
  public HeartbeatRequest last() {
    return new HeartbeatRequest(type, uuid, address, version, List.of(), true);
  }
}
