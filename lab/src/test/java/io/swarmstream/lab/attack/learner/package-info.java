/** Tests of the package of the same name. */
@NullMarked
package io.swarmstream.lab.attack.learner;

import org.jspecify.annotations.NullMarked;
