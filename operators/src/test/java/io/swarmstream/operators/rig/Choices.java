package io.swarmstream.operators.rig;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * All that could happen next; a seed decides what does. Of two drawn at random the hastier one
 * happens, so some ways are slow for a while, as in a network.
 */
final class Choices {
  private static final int HASTES = 1_000;

  private final List<Choice> possible = new ArrayList<>();
  private final Random random;

  Choices(Random random) {
    this.random = random;
  }

  /** Takes it up when it is possible and not among them yet. */
  void offer(Choice choice) {
    if (choice.place < 0 && choice.possible()) {
      choice.place = possible.size();
      choice.haste = random.nextInt(8) == 0 ? random.nextInt(HASTES) : choice.haste;
      possible.add(choice);
    }
  }

  /** Lets one of them happen; false when nothing can. */
  boolean step() throws Exception {
    if (possible.isEmpty()) {
      return false;
    }
    Choice one = possible.get(random.nextInt(possible.size()));
    Choice other = possible.get(random.nextInt(possible.size()));
    Choice next = one.haste >= other.haste ? one : other;
    remove(next);
    next.happen();
    offer(next);
    return true;
  }

  private void remove(Choice choice) {
    Choice last = possible.remove(possible.size() - 1);
    if (last != choice) {
      possible.set(choice.place, last);
      last.place = choice.place;
    }
    choice.place = -1;
  }
}
