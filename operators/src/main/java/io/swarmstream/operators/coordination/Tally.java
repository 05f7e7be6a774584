package io.swarmstream.operators.coordination;

import io.swarmstream.operators.messages.Header;

/** How much of a contribution is in: {@code received} chunks of it. */
public record Tally(String site, String contribution, Header header, int received) {
  Tally plusOne() {
    return new Tally(site, contribution, header, received + 1);
  }
}
