package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** A part of a training's sites. */
public record SitesPage(
    @JsonPropertyDescription("Name of the training contract on the chain.") String contract,
    @JsonPropertyDescription("How many sites there are.") int total,
    @JsonPropertyDescription("How many of them have a remark.") int remarks,
    @JsonPropertyDescription("How many come before these.") int offset,
    @JsonPropertyDescription("In the order that was asked for.") List<SiteStanding> sites) {}
