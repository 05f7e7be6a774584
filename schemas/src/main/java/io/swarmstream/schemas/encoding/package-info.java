/**
 * Encodings of float values as bytes: {@code float32}, {@code float16}, {@code bfloat16}, {@code
 * int8}, {@code int4}, {@code topk}.
 */
@NullMarked
package io.swarmstream.schemas.encoding;

import org.jspecify.annotations.NullMarked;
