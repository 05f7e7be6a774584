package io.swarmstream.lab.chaos;

/**
 * What came of a run.
 *
 * @param victim the process that was killed
 * @param afterRound the newest round when it was killed; -1: none
 * @param rounds rounds that were completed, round 0 included
 * @param lost contributions that are in no round though their site sent them
 * @param doubled contributions that count twice
 * @param roundsWithTwoModels rounds with two different records or models
 * @param hashMatches whether the last model is the undisturbed one's, at every site
 * @param anchorsMatch whether each round is anchored, with its one record
 * @param recoverySeconds from the kill until the next round could be read
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
