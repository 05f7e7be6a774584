@NullMarked
package io.swarmstream.network.console;

import org.jspecify.annotations.NullMarked;
