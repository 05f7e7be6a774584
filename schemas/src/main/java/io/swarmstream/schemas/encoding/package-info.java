/**
 * Encodings of float values as bytes: {@code float32}, {@code float16}, {@code bfloat16}, {@code
 * int8}.
 */
@NullMarked
package io.swarmstream.schemas.encoding;

import org.jspecify.annotations.NullMarked;
