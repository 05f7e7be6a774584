@NullMarked
package io.swarmstream.network.chain;

import org.jspecify.annotations.NullMarked;
