/** The licence server: who may run how many nodes until when, for consortia that want to say so. */
@NullMarked
package io.swarmstream.licence;

import org.jspecify.annotations.NullMarked;
