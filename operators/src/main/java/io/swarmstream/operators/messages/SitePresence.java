package io.swarmstream.operators.messages;

/** A site has signed that it takes part ({@code present}), or that it leaves. */
public record SitePresence(String contract, String site, boolean present, long atMs) {}
