package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a training's sites. */
public record SitesPage(
    @JsonPropertyDescription("Name of the training contract on the chain.") String contract,
    @JsonPropertyDescription("How many sites there are.") int total,
    @JsonPropertyDescription("How many of them have a remark.") int remarks,
    @JsonPropertyDescription(
            "The one that the others wait for the longest, if that is worth a look; unknown: none.")
        @Nullable Laggard laggard,
    @JsonPropertyDescription("How many come before these.") int offset,
    @JsonPropertyDescription("In the order that was asked for.") List<SiteStanding> sites) {
  /** A site whose contributions arrive late. */
  public record Laggard(
      @JsonPropertyDescription("Name of the site.") String site,
      @JsonPropertyDescription(
              "How long after the median contribution of a round its own is complete, milliseconds, mean.")
          double behindMs,
      @JsonPropertyDescription("From one round to the next, milliseconds, mean.") double roundMs) {}
}
