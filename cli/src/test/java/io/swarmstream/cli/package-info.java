@NullMarked
package io.swarmstream.cli;

import org.jspecify.annotations.NullMarked;
