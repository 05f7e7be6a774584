package io.swarmstream.network.chain;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A member's node, as the member has announced it.
 *
 * @param name the member's name, for messages
 * @param enode where the node is
 * @param sealer account that seals its blocks: 0x and 40 lower-case hex digits
 */
public record ChainPeer(String name, Enode enode, String sealer) {
  private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-f]{40}");

  public ChainPeer {
    sealer = sealer.toLowerCase(Locale.ROOT);
    if (!ADDRESS.matcher(sealer).matches()) {
      throw new IllegalArgumentException(
          "the sealer of " + name + " is \"" + sealer + "\"; an address is 0x and 40 hex digits");
    }
  }

  @Override
  public String toString() {
    return name + " (" + enode.host() + ":" + enode.port() + ")";
  }
}
