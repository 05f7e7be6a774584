/** State that an earlier version of the job wrote, taken up by today's. */
@NullMarked
package io.swarmstream.operators.golden;

import org.jspecify.annotations.NullMarked;
