package io.swarmstream.site.node.pickle;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The names that a pickle may mention. Each stands for something that is built here; none of them
 * is looked up or run.
 */
enum PickleGlobal {
  RECONSTRUCT("numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct"),
  FROM_BUFFER("numpy.core.numeric._frombuffer", "numpy._core.numeric._frombuffer"),
  SCALAR("numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar"),
  ARRAY("numpy.ndarray"),
  TYPE("numpy.dtype"),
  ORDERED_DICT("collections.OrderedDict"),
  ENCODE("_codecs.encode"),
  BYTES("__builtin__.bytes", "builtins.bytes");

  @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable
  private final Set<String> names;

  PickleGlobal(String... names) {
    this.names = Set.of(names);
  }

  /**
   * Finds a name.
   *
   * @throws PickleException when it is none of these
   */
  static PickleGlobal named(String module, String name) {
    String full = module + "." + name;
    return Arrays.stream(values())
        .filter(global -> global.names.contains(full))
        .findFirst()
        .orElseThrow(
            () ->
                new PickleException(
                    "the pickle names "
                        + printable(full)
                        + ", which is refused: weights are a dict of numpy arrays with numbers in them, and nothing in"
                        + " a pickle is run"));
  }

  private static String printable(String name) {
    return name.replaceAll("[^\\x20-\\x7e]", "?");
  }

  /** What Python's call of it with these arguments would return, if it is allowed. */
  Object call(List<Object> arguments) {
    try {
      return switch (this) {
        case RECONSTRUCT -> PendingArray.reconstructed(arguments);
        case FROM_BUFFER -> PendingArray.fromBuffer(arguments);
        case SCALAR -> PendingArray.scalar(arguments);
        case TYPE -> PendingType.of(arguments);
        case ORDERED_DICT -> empty(arguments, new PickleDict());
        case ENCODE -> encoded(arguments);
        case BYTES -> empty(arguments, new RawBytes.Held(new byte[0]));
        case ARRAY -> throw unexpected(arguments);
      };
    } catch (ClassCastException | IndexOutOfBoundsException e) {
      throw unexpected(arguments);
    }
  }

  private Object encoded(List<Object> arguments) {
    if (!(arguments.get(1) instanceof PickleText codec)
        || !List.of("latin1", "latin-1").contains(codec.value())) {
      throw unexpected(arguments);
    }
    return ((PickleText) arguments.get(0)).asBytes();
  }

  private Object empty(List<Object> arguments, Object made) {
    if (!arguments.isEmpty()) {
      throw unexpected(arguments);
    }
    return made;
  }

  private PickleException unexpected(List<Object> arguments) {
    return new PickleException(
        "the pickle calls "
            + this
            + " with "
            + arguments.size()
            + " arguments that numpy does not write");
  }
}
