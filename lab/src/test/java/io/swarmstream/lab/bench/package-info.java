/** Tests of the package of the same name. */
@NullMarked
package io.swarmstream.lab.bench;

import org.jspecify.annotations.NullMarked;
