package io.swarmstream.site.training;

import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.layout.TensorShape;
import io.swarmstream.site.PublicApi;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tensors of a model by name, as float32 in row-major order; also those of its gradient. The
 * whole model fits one array, so it has less than 2^31 values.
 */
@PublicApi
public final class NamedTensors {
  private final ModelLayout layout;
  private final Map<String, float[]> values = new LinkedHashMap<>();

  private NamedTensors(ModelLayout layout) {
    this.layout = layout;
    if (layout.parameterCount() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "the model has "
              + layout.parameterCount()
              + " values, and an array at most "
              + Integer.MAX_VALUE
              + "; sync a FlatVector instead");
    }
    for (TensorShape tensor : layout.tensors()) {
      values.put(tensor.name(), new float[Math.toIntExact(tensor.size())]);
    }
  }

  /**
   * A model of zeros.
   *
   * @throws IllegalArgumentException when it does not fit an array
   */
  public static NamedTensors zeros(ModelLayout layout) {
    return new NamedTensors(layout);
  }

  /**
   * A model with the values of a flat vector.
   *
   * @param flat tensor after tensor in the order of the layout; copied
   * @throws IllegalArgumentException when the vector has another length than the layout
   */
  public static NamedTensors of(ModelLayout layout, float[] flat) {
    NamedTensors model = zeros(layout);
    model.fill(flat);
    return model;
  }

  /** Names and shapes, in the order of the flat vector. */
  public ModelLayout layout() {
    return layout;
  }

  /**
   * The values of a tensor, in row-major order: the array itself, so what is written into it
   * changes the model.
   *
   * @throws IllegalArgumentException when there is no such tensor
   */
  public float[] values(String name) {
    float[] found = values.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "there is no tensor " + name + "; the model has " + values.keySet());
    }
    return found;
  }

  /** Copies all values into one vector, tensor after tensor in the order of the layout. */
  public float[] flat() {
    float[] flat = new float[Math.toIntExact(layout.parameterCount())];
    int at = 0;
    for (float[] tensor : values.values()) {
      System.arraycopy(tensor, 0, flat, at, tensor.length);
      at += tensor.length;
    }
    return flat;
  }

  /**
   * Writes the values of a flat vector into the model.
   *
   * @param flat tensor after tensor in the order of the layout
   * @throws IllegalArgumentException when it has another length than the layout
   */
  public void fill(float[] flat) {
    requireLength(layout, flat);
    int at = 0;
    for (float[] tensor : values.values()) {
      System.arraycopy(flat, at, tensor, 0, tensor.length);
      at += tensor.length;
    }
  }

  static void requireLength(ModelLayout layout, float[] flat) {
    if (flat.length != layout.parameterCount()) {
      throw new IllegalArgumentException(
          "the vector has "
              + flat.length
              + " values, the layout "
              + layout.parameterCount()
              + "; give a vector of the same model");
    }
  }
}
