package io.swarmstream.lab.soak;

/**
 * What a cluster holds at one moment.
 *
 * @param round newest round
 * @param seconds time since the first round
 * @param checkpointBytes size of the state in the newest checkpoint
 * @param heapBytes heap that the TaskManagers use, including garbage
 * @param checkpointFolderBytes size of the checkpoints on disk
 * @param deltaBytes size of the deltas topic on disk
 * @param modelBytes size of the models topic on disk
 * @param roundBytes size of the rounds topic on disk
 * @param transactionBytes size of Kafka's own transaction log on disk
 */
record Sample(
    long round,
    double seconds,
    long checkpointBytes,
    long heapBytes,
    long checkpointFolderBytes,
    long deltaBytes,
    long modelBytes,
    long roundBytes,
    long transactionBytes) {}
