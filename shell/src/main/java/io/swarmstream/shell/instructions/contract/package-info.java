/** Instructions about training contracts. */
@NullMarked
package io.swarmstream.shell.instructions.contract;

import org.jspecify.annotations.NullMarked;
