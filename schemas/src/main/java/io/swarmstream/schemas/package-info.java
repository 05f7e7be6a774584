/**
 * Everything that crosses a process boundary: the Avro records and their frame, the names of
 * topics, the division of a model into chunks, hashes, Merkle trees and signatures, and the
 * contract terms as read from the chain. Imports no other package of this project, so a reader in
 * another language needs to reimplement only this one.
 */
@NullMarked
package io.swarmstream.schemas;

import org.jspecify.annotations.NullMarked;
