package io.swarmstream.connectors.chain;

import io.swarmstream.schemas.ContractEvent;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way from the reading thread to the task, and where reading resumes once it is
 * emitted.
 *
 * @param event null when the blocks had no further event, so that only the place moves
 * @param next where reading resumes
 */
record ReadEvent(@Nullable ContractEvent event, ChainSplit next) {}
