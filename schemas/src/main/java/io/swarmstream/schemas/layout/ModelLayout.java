package io.swarmstream.schemas.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swarmstream.schemas.hashing.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tensors of a model, in their order in the flat vector.
 *
 * <p>The text form has one {@code name:2x3} per line. The chain's creation event carries it, and
 * its hash is part of the terms.
 */
public record ModelLayout(List<TensorShape> tensors) {
  public ModelLayout {
    tensors = List.copyOf(tensors);
    if (tensors.isEmpty()) {
      throw new IllegalArgumentException("a model layout has at least one tensor");
    }
    Set<String> names = new HashSet<>();
    for (TensorShape tensor : tensors) {
      if (!names.add(tensor.name())) {
        throw new IllegalArgumentException(
            "two tensors are named " + tensor.name() + "; names are unique in a layout");
      }
    }
    checkSize(tensors);
  }

  private static void checkSize(List<TensorShape> tensors) {
    try {
      sizeOf(tensors);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "the layout's tensors have more than 2^63-1 values in all; check their dimensions", e);
    }
  }

  private static long sizeOf(List<TensorShape> tensors) {
    return tensors.stream().mapToLong(TensorShape::size).reduce(0, Math::addExact);
  }

  /** Returns the layout of a single vector, for callers that do not need the model's tensors. */
  public static ModelLayout flat(long parameterCount) {
    return new ModelLayout(List.of(new TensorShape("weights", List.of(parameterCount))));
  }

  /**
   * Parses the text form.
   *
   * @throws IllegalArgumentException naming the first line that is not {@code name:dim x dim}
   */
  public static ModelLayout parse(String text) {
    List<TensorShape> tensors = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      String[] parts = line.split(":", -1);
      if (parts.length != 2) {
        throw new IllegalArgumentException(
            "layout line \"" + line + "\" is not name:dims, for instance dense:64x32");
      }
      try {
        List<Long> dims =
            parts[1].isEmpty()
                ? List.of()
                : Arrays.stream(parts[1].split("x", -1)).map(ModelLayout::dim).toList();
        tensors.add(new TensorShape(parts[0], dims));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "layout line \"" + line + "\" has a dimension that is no number", e);
      }
    }
    return new ModelLayout(tensors);
  }

  /**
   * Parses a dimension strictly, so that each layout has exactly one text: no sign, no leading
   * zero, no digits of other scripts.
   */
  private static Long dim(String text) {
    Long dim = Long.valueOf(text);
    if (!dim.toString().equals(text)) {
      throw new NumberFormatException("\"" + text + "\" would be written " + dim);
    }
    return dim;
  }

  public long parameterCount() {
    return sizeOf(tensors);
  }

  /**
   * Returns the same tensors, sorted by name. Trainers that hold them in different orders and can
   * compare only a hash agree on this order.
   */
  public ModelLayout sorted() {
    return new ModelLayout(
        tensors.stream().sorted(Comparator.comparing(TensorShape::name)).toList());
  }

  public Hash hash() {
    return Hash.sha256(toString().getBytes(UTF_8));
  }

  /**
   * Describes the first difference between this layout, the contract's, and another, naming the
   * tensor and both shapes; empty if the layouts are equal.
   */
  public Optional<String> firstDifference(ModelLayout other) {
    int shared = Math.min(tensors.size(), other.tensors.size());
    for (int i = 0; i < shared; i++) {
      if (!tensors.get(i).equals(other.tensors.get(i))) {
        return Optional.of(
            "tensor "
                + i
                + " is "
                + tensors.get(i)
                + " in the contract and "
                + other.tensors.get(i)
                + " here");
      }
    }
    if (tensors.size() != other.tensors.size()) {
      return Optional.of(
          "the contract has " + tensors.size() + " tensors, this model " + other.tensors.size());
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return tensors.stream().map(TensorShape::toString).collect(Collectors.joining("\n"));
  }
}
