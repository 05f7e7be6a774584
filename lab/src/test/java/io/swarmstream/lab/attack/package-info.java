/** Tests of the package of the same name. */
@NullMarked
package io.swarmstream.lab.attack;

import org.jspecify.annotations.NullMarked;
