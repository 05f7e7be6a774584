/** Hashes, the canonical bytes that they cover, and Merkle trees over chunks. */
@NullMarked
package io.swarmstream.schemas.hashing;

import org.jspecify.annotations.NullMarked;
