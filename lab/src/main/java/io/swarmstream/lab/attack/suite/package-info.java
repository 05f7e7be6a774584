/**
 * {@code swarm attack merge}: bad sites attack the merged model. {@code Attack} lists the attacks,
 * {@code AttackedTraining} plays one training, {@code RoundMerge} merges with the product's merge
 * methods and limits.
 */
@NullMarked
package io.swarmstream.lab.attack.suite;

import org.jspecify.annotations.NullMarked;
