/**
 * Who a process is on the wire: its key, its certificate and the authorities it trusts, as a folder
 * of PEM files.
 */
@NullMarked
package io.swarmstream.identity;

import org.jspecify.annotations.NullMarked;
