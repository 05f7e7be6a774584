/**
 * The door: every record from a site is checked against chain, signature, hash and layout before
 * anything of it is kept. {@link io.swarmstream.operators.admission.AdmitRecords} is the Flink
 * function; the first flaw that one of these classes finds becomes the rejection's reason:
 *
 * <ul>
 *   <li>{@code AdmitRecords}: {@code malformed}.
 *   <li>{@code SenderCheck}: {@code wrong-topic}, {@code unknown-site}.
 *   <li>{@code ChunkCheck}, of delta chunks: {@code bad-signature}, {@code wrong-terms}, {@code
 *       wrong-encoding}, {@code wrong-payload-hash}, {@code wrong-layout}, {@code bad-header},
 *       {@code bad-hash}, and what {@code InspectRecords} has found in the payload: {@code
 *       not-finite}, {@code bad-scale}, {@code not-canonical}.
 *   <li>{@code DoorLimit}, of delta chunks: {@code duplicate}, {@code too-many}.
 *   <li>{@code SiteEventCheck}, of events: {@code wrong-terms}, {@code bad-signature}, {@code
 *       bad-header}.
 * </ul>
 *
 * <p>All other reasons are decided behind the door, in {@code coordination}. {@code KnownContracts}
 * is what admission knows of the chain, {@code Rejections} how a reason becomes a record.
 */
@NullMarked
package io.swarmstream.operators.admission;

import org.jspecify.annotations.NullMarked;
