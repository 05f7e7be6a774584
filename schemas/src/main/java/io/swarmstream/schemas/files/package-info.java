/**
 * Files other than records: {@code TextFile} reads what people write, {@code PrivateFiles} writes
 * files that only this user can access, {@code FolderTree} copies and deletes folders.
 */
@NullMarked
package io.swarmstream.schemas.files;

import org.jspecify.annotations.NullMarked;
