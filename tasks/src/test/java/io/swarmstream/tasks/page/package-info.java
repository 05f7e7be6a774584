/** Tests of the package of the same name. */
@NullMarked
package io.swarmstream.tasks.page;

import org.jspecify.annotations.NullMarked;
