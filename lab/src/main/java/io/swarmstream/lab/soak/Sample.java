package io.swarmstream.lab.soak;

/**
 * What a cluster holds at one moment.
 *
 * @param round newest round
 * @param seconds since the first round
 * @param checkpointBytes state in the newest checkpoint
 * @param heapBytes heap that the TaskManagers use, garbage included
 * @param checkpointFolderBytes checkpoints on the disk
 * @param deltaBytes the deltas topic on the disk
 * @param modelBytes the models topic on the disk
 * @param roundBytes the rounds topic on the disk
 * @param transactionBytes Kafka's own log of transactions on the disk
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
