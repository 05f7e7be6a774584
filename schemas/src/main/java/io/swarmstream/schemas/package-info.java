/**
 * What crosses a process border: the Avro records and their frame, the names of topics, the cut of
 * a model into chunks, hashes, Merkle trees and signatures, and the contract terms as read from the
 * chain. Imports nothing of ours, so that a reader in another language needs to re-implement this
 * package only.
 */
@NullMarked
package io.swarmstream.schemas;

import org.jspecify.annotations.NullMarked;
