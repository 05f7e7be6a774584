@NullMarked
package io.swarmstream.lab.network;

import org.jspecify.annotations.NullMarked;
