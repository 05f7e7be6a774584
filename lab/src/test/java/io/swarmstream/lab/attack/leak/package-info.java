/** Tests of the package of the same name. */
@NullMarked
package io.swarmstream.lab.attack.leak;

import org.jspecify.annotations.NullMarked;
