package io.swarmstream.site.node.pickle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An array whose state may follow. */
final class PendingArray {
  /** Null: its state has not come yet. */
  private @Nullable NumpyArray array;

  private PendingArray(@Nullable NumpyArray array) {
    this.array = array;
  }

  /** The way of protocols before 5: an empty array, then its state. */
  static PendingArray reconstructed(List<Object> arguments) {
    if (arguments.get(0) != PickleGlobal.ARRAY) {
      throw new PickleException("an array is of a class of its own; send a plain numpy.ndarray");
    }
    return new PendingArray(null);
  }

  /** The way of protocol 5: bytes, type, shape, order, and the axes if the order is K. */
  static PendingArray fromBuffer(List<Object> arguments) {
    RawBytes values = (RawBytes) arguments.get(0);
    PendingType type = (PendingType) arguments.get(1);
    List<Long> shape = numbers(arguments.get(2));
    String order = ((PickleText) arguments.get(3)).value();
    return new PendingArray(
        switch (order) {
          case "C" -> NumpyArray.inC(type.type(), type.isSwapped(), shape, values);
          case "F" -> NumpyArray.inFortran(type.type(), type.isSwapped(), shape, values);
          case "K" ->
              new NumpyArray(
                  type.type(),
                  type.isSwapped(),
                  shape,
                  numbers(arguments.get(4)).stream().map(Math::toIntExact).toList(),
                  values);
          default -> throw new PickleException("an array has the order " + order);
        });
  }

  /** A numpy scalar: an array without dimensions. */
  static PendingArray scalar(List<Object> arguments) {
    PendingType type = (PendingType) arguments.get(0);
    return new PendingArray(
        NumpyArray.inC(type.type(), type.isSwapped(), List.of(), (RawBytes) arguments.get(1)));
  }

  /** Takes the state: version, shape, type, whether it is in Fortran order, values. */
  void take(List<?> state) {
    PendingType type = (PendingType) state.get(2);
    if (!(state.get(4) instanceof RawBytes values)) {
      throw new PickleException("an array has objects in it; send numbers");
    }
    List<Long> shape = numbers(state.get(1));
    array =
        (Boolean) state.get(3)
            ? NumpyArray.inFortran(type.type(), type.isSwapped(), shape, values)
            : NumpyArray.inC(type.type(), type.isSwapped(), shape, values);
  }

  private static List<Long> numbers(Object tuple) {
    List<?> list = (List<?>) tuple;
    if (list.size() > NumpyArray.MAX_DIMENSIONS) {
      throw new PickleException("an array has " + list.size() + " dimensions");
    }
    return list.stream().map(Long.class::cast).toList();
  }

  NumpyArray get(String name) {
    if (array == null) {
      throw new PickleException("array " + name + " has no values");
    }
    return array;
  }
}
