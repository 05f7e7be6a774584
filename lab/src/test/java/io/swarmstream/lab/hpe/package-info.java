/** Tests of HPE Swarm Learning's command lines. */
@NullMarked
package io.swarmstream.lab.hpe;

import org.jspecify.annotations.NullMarked;
