/** The shell as a service over HTTPS: HPE Swarm Learning's requests, and resources beside them. */
@NullMarked
package io.swarmstream.shell.service;

import org.jspecify.annotations.NullMarked;
