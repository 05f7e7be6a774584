package io.swarmstream.connectors.chain;

import io.swarmstream.schemas.ContractEvent;
import org.jspecify.annotations.Nullable;

/**
 * From the reading thread to the task: an event, and where to go on once it is emitted.
 *
 * @param event null when blocks had no event (any more): only the place moves
 * @param next where to go on
 */
record ReadEvent(@Nullable ContractEvent event, ChainSplit next) {}
