package io.swarmstream.operators.messages;

/** A verified word of a site that it takes part ({@code present}) or leaves. */
public record SitePresence(String contract, String site, boolean present, long atMs) {}
