package io.swarmstream.lab.chaos;

/**
 * The result of a run.
 *
 * @param victim the process that was killed
 * @param afterRound the newest round when it was killed; -1 when there was none
 * @param rounds number of completed rounds, including round 0
 * @param lost contributions that a site sent but no round includes
 * @param doubled contributions that count twice
 * @param roundsWithTwoModels rounds with two different records or models
 * @param hashMatches whether the last model equals that of the undisturbed training at every site
 * @param anchorsMatch whether each round is anchored with its only record
 * @param recoverySeconds time from the kill until the next round became readable
 */
record RunResult(
    Fate fate,
    String victim,
    long afterRound,
    int rounds,
    int lost,
    int doubled,
    int roundsWithTwoModels,
    boolean hashMatches,
    boolean anchorsMatch,
    double recoverySeconds) {

  boolean isClean() {
    return lost == 0 && doubled == 0 && roundsWithTwoModels == 0 && hashMatches && anchorsMatch;
  }
}
