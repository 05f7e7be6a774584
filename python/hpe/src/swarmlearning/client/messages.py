"""The logger and its lines: HPE's texts, which people search for, with a note where they name a part of HPE's system."""

from __future__ import annotations

import logging
import sys

NAME = "SwarmCallback"
FORMAT = "%(asctime)s : %(name)s : %(levelname)s : %(message)s"

LOOPBACK = "***** Is Swarm callback in loopback mode: %s *****"
NO_TOTAL_EPOCHS = (
    "*" * 78,
    "WARNING: totalEpochs is not given. The training runs without it, but nobody can",
    "see how far it has come or how long it will take. Pass totalEpochs.",
    "*" * 78,
)
MERGE_STARTS = "Starting Swarm merging round ..."
LOCAL_LOSS = "Calculated local loss using merged parameters = %s"
MERGE_DONE = "Merge Done: RVInt [cur: %d Nxt: %d]"
MERGED = "Round %d merged %s: model %s. The next merge is after %d batches."
LOCAL_TRAINING_DONE = "Finished local training !!!"
NO_USER_MERGE = "No user merge done during swarm training. syncFrequency=%d may be high."
MAY_CONTINUE = "Swarm training may continue till trainings in min peers are done!"
FINAL_MERGE = "Final merging starts at training end. Waiting for other peers to complete ..."
OVER_EARLY = "Swarm training is over before local training. Exit gracefully."
OVER = "All peers and Swarm training rounds finished. Final Swarm model was loaded."
FINAL_MODEL = "The final model is that of round %d: model %s. All sites have it."
STOPS_LOCAL_TRAINING = "Swarm training is over. Stopping local training"

# The site node takes the place of what HPE calls the SL container.
SL_CONTAINER = "%s [SL container: here it is the site node at %s]"
INIT_FAILED = "Init Swarm call to SL container failed - %s"
SYNC_FAILED = "Sync Swarm call to SL container failed - %s"
END_FAILED = "End Swarm call to SL container failed - %s"
LOSS_FAILED = "Loss computation failed. %s"


def own_logger() -> logging.Logger:
    """The callbacks' logger. It writes to standard output, as programs written for HPE expect."""
    logger = logging.getLogger(NAME)
    if not logger.handlers:
        handler = logging.StreamHandler(sys.stdout)
        handler.setFormatter(logging.Formatter(FORMAT))
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
        logger.propagate = False
    return logger
