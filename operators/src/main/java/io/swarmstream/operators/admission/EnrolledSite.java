package io.swarmstream.operators.admission;

import java.io.Serializable;

/** A site that a contract admits, by its readable name, and the greatest weight it may ask for. */
public record EnrolledSite(String name, int maxWeight) implements Serializable {}
