/** Every kernel against a reference written in the plainest way, on random and on nasty rows. */
@NullMarked
package io.swarmstream.merge;

import org.jspecify.annotations.NullMarked;
