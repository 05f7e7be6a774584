/** Tests of the package of the same name. */
@NullMarked
package io.swarmstream.lab.attack.suite;

import org.jspecify.annotations.NullMarked;
