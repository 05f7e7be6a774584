/**
 * The training that is attacked: a small network in plain Java, the data, and their split among
 * sites. ND4J takes turns in a JVM and needs most of its time for allocation; a suite of hundreds
 * of trainings has no time for either.
 */
@NullMarked
package io.swarmstream.lab.attack.learner;

import org.jspecify.annotations.NullMarked;
