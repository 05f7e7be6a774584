/** Tests of the package of the same name. */
@NullMarked
package io.swarmstream.local.proof;

import org.jspecify.annotations.NullMarked;
