package io.swarmstream.site.node.pickle;

import java.util.List;

/** A {@code numpy.dtype} whose byte order may follow. */
final class PendingType {
  private final NumpyType type;
  private boolean swapped;

  private PendingType(NumpyType type) {
    this.type = type;
  }

  static PendingType of(List<Object> arguments) {
    String name = ((PickleText) arguments.get(0)).value();
    return new PendingType(
        NumpyType.named(name)
            .orElseThrow(
                () ->
                    new PickleException(
                        "an array has the type "
                            + name.replaceAll("[^\\x20-\\x7e]", "?")
                            + "; floats of 2, 4 and 8 bytes, integers and booleans are read: convert it")));
  }

  /** Takes the state that numpy writes: version, byte order, and what structured types have. */
  void take(List<?> state) {
    if (state.size() > 4 && state.subList(2, 5).stream().anyMatch(PendingType::isSomething)) {
      throw new PickleException("an array has a structured type; send plain numbers");
    }
    swapped = ((PickleText) state.get(1)).value().equals(">");
  }

  private static boolean isSomething(Object part) {
    return part != Unpickler.NONE;
  }

  NumpyType type() {
    return type;
  }

  boolean isSwapped() {
    return swapped;
  }
}
