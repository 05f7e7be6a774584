/** Tests of the shell as a service. */
@NullMarked
package io.swarmstream.shell.service;

import org.jspecify.annotations.NullMarked;
