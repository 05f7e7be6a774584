@NullMarked
package io.swarmstream.lab.console;

import org.jspecify.annotations.NullMarked;
