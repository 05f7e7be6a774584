package io.swarmstream.site.node.pickle;

import java.util.LinkedHashMap;
import java.util.Map;

/** A dict of a pickle. */
final class PickleDict {
  private final Map<String, Object> entries = new LinkedHashMap<>();

  void put(Object key, Object value) {
    if (!(key instanceof PickleText text) || (text.value().isEmpty() && text.length() > 0)) {
      throw new PickleException(
          "a key of the dict is no string, or one of more than " + PickleText.LONGEST + " bytes");
    }
    entries.put(text.value(), value);
  }

  Map<String, Object> entries() {
    return entries;
  }
}
