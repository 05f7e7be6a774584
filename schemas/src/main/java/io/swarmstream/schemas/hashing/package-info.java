/** Hashes, the canonical bytes under them, and Merkle trees over chunks. */
@NullMarked
package io.swarmstream.schemas.hashing;

import org.jspecify.annotations.NullMarked;
