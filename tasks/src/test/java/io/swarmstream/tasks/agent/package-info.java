/** Tests of the package of the same name. */
@NullMarked
package io.swarmstream.tasks.agent;

import org.jspecify.annotations.NullMarked;
