package io.swarmstream.merge;

/** Checks how many rows of positive weight a method gets. */
final class Participants {

  private Participants() {}

  /** Rejects a round with fewer participants than the method needs. */
  static void require(MergeMethod method, int participants) {
    if (participants < method.minParticipants()) {
      throw new IllegalArgumentException(
          "%s needs at least %d participants with a positive weight, there are %d; raise the contract's minPeers, have sites weigh more than 0, or tolerate fewer bad sites"
              .formatted(method.name(), method.minParticipants(), participants));
    }
  }
}
