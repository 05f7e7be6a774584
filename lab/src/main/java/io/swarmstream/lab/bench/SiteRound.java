package io.swarmstream.lab.bench;

/**
 * One site's round, in milliseconds of this machine's clock since an arbitrary moment, which is the
 * same for all processes.
 *
 * @param handedOver the site's trainer is done, the delta begins to be made
 * @param signed the delta is hashed and signed
 * @param sent the log has all of it
 * @param closed the coordinator closed the round
 * @param sealed the site has read the record
 * @param read the site has the model, proven against the record
 * @param confirmed the chain confirmed the record
 */
record SiteRound(
    int site,
    long round,
    double handedOver,
    double signed,
    double sent,
    double closed,
    double sealed,
    double read,
    double confirmed) {}
