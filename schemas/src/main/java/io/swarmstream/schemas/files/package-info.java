/**
 * Files beside the records: {@code TextFile} reads what people write, {@code PrivateFiles} writes
 * for this user alone.
 */
@NullMarked
package io.swarmstream.schemas.files;

import org.jspecify.annotations.NullMarked;
