package io.swarmstream.lab.bench;

/**
 * One site's round. Times are in milliseconds on this machine's clock since an arbitrary moment,
 * which is the same for all processes.
 *
 * @param handedOver the trainer is done, and the site starts to build the delta
 * @param signed the delta is hashed and signed
 * @param sent the log holds the whole delta
 * @param closed the coordinator has closed the round
 * @param sealed the site has read the record
 * @param read the site has the model, verified against the record
 * @param confirmed the chain has confirmed the record
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
