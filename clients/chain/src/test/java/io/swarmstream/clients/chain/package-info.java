/** Tests of the chain's side; those named ITCase start a real Ethereum node. */
@NullMarked
package io.swarmstream.clients.chain;

import org.jspecify.annotations.NullMarked;
