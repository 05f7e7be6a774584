package io.swarmstream.verification.replay;

import io.swarmstream.operators.messages.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares a contribution's header with the one in the round record. */
final class HeaderDifference {
  private final List<String> differences = new ArrayList<>();

  private HeaderDifference() {}

  /** Names each field that differs, with both values; empty when none does. */
  static Optional<String> between(Header signed, Header recorded) {
    HeaderDifference all = new HeaderDifference();
    all.compare("weight", signed.weight(), recorded.weight());
    all.compare("samples", signed.samples(), recorded.samples());
    all.compare("loss", signed.loss(), recorded.loss());
    all.compare("metric", signed.metric(), recorded.metric());
    all.compare("epochsDone", signed.epochsDone(), recorded.epochsDone());
    all.compare("epochsTotal", signed.epochsTotal(), recorded.epochsTotal());
    all.compare("checkIn", signed.checkIn(), recorded.checkIn());
    return all.differences.isEmpty()
        ? Optional.empty()
        : Optional.of(String.join("; ", all.differences));
  }

  private void compare(String field, Object signed, Object recorded) {
    if (!signed.equals(recorded)) {
      differences.add("its header says " + field + " " + signed + ", the round record " + recorded);
    }
  }
}
