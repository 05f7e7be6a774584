package io.swarmstream.verification;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A difference between what the log or the chain holds and what it must hold.
 *
 * @param code kind of the finding, for programs
 * @param round the round that it concerns; -1: none
 * @param site readable name of the site that it concerns
 * @param chunk the chunk that it concerns
 * @param place its place in the log
 * @param message what is wrong, with both values
 */
public record Finding(
    String code,
    long round,
    @Nullable String site,
    @Nullable Integer chunk,
    @Nullable Place place,
    String message) {

  /** A place in the log. */
  public record Place(String topic, int partition, long offset) {
    @Override
    public String toString() {
      return topic + "/" + partition + "@" + offset;
    }
  }

  static Finding of(String code, long round, String message) {
    return new Finding(code, round, null, null, null, message);
  }

  Finding site(String name) {
    return new Finding(code, round, name, chunk, place, message);
  }

  Finding chunk(int index) {
    return new Finding(code, round, site, index, place, message);
  }

  Finding at(Place where) {
    return new Finding(code, round, site, chunk, where, message);
  }

  /** One sentence without the round. */
  public String sentence() {
    List<String> about = new ArrayList<>();
    if (site != null) {
      about.add(site);
    }
    if (chunk != null) {
      about.add("chunk " + chunk);
    }
    if (place != null) {
      about.add("at " + place);
    }
    return about.isEmpty() ? message : String.join(", ", about) + ": " + message;
  }

  @Override
  public String toString() {
    return (round < 0 ? "" : "round " + round + ": ") + sentence();
  }
}
