package io.swarmstream.site.node.pipes;

import com.google.protobuf.CodedOutputStream;
import io.swarmstream.schemas.layout.FlatVector;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.layout.TensorShape;
import io.swarmstream.site.node.pickle.NumpyArray;
import io.swarmstream.site.node.pickle.PickleWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A merged model as the client gets it: with the names, types and shapes of its own weights. */
final class MergedArrays {
  private final TrainerArrays trainer;
  private final FlatVector model;
  private final Map<String, Long> offsets = new HashMap<>();
  private final boolean hasTorchNames;

  /**
   * Prepares it.
   *
   * @param layout the contract's, in which the model is
   */
  MergedArrays(TrainerArrays trainer, ModelLayout layout, FlatVector model) {
    this.trainer = trainer;
    this.model = model;
    this.hasTorchNames =
        trainer.all().keySet().stream().noneMatch(name -> name.matches(".*[:/].*"));
    long at = 0;
    for (TensorShape tensor : layout.tensors()) {
      offsets.put(tensor.name(), at);
      at += tensor.size();
    }
  }

  /**
   * HPE's client for PyTorch takes an integer without dimensions for the size of a tensor. As one
   * of length 1 it arrives, because PyTorch loads those into scalars. TensorFlow's names have a
   * slash or a colon, and TensorFlow needs the shape.
   */
  private List<Long> shape(NumpyArray array) {
    return array.shape().isEmpty() && !array.type().isFloat() && hasTorchNames
        ? List.of(1L)
        : array.shape();
  }

  /** Writes it as a pickle. */
  void writePickle(OutputStream out) throws IOException {
    PickleWriter pickle = new PickleWriter(out);
    for (Map.Entry<String, NumpyArray> each : trainer.all().entrySet()) {
      NumpyArray array = each.getValue();
      pickle.add(
          each.getKey(), array.type(), shape(array), to -> writeValues(each.getKey(), array, to));
    }
    pickle.end();
  }

  /** Number of bytes of {@link #writeInline}. */
  long inlineSize() {
    return trainer.all().entrySet().stream()
        .mapToLong(
            each -> {
              long entry = entrySize(each.getKey(), each.getValue());
              return 1 + CodedOutputStream.computeUInt64SizeNoTag(entry) + entry;
            })
        .sum();
  }

  private long entrySize(String name, NumpyArray array) {
    long value = valueSize(array);
    return CodedOutputStream.computeStringSize(1, name)
        + 1
        + CodedOutputStream.computeUInt64SizeNoTag(value)
        + value;
  }

  private long valueSize(NumpyArray array) {
    int shape = shapeSize(shape(array));
    return CodedOutputStream.computeStringSize(1, InlineWeights.typeText(array.type()))
        + (shape == 0 ? 0 : 1 + CodedOutputStream.computeUInt32SizeNoTag(shape) + shape)
        + 1
        + CodedOutputStream.computeUInt64SizeNoTag(array.byteCount())
        + array.byteCount();
  }

  private static int shapeSize(List<Long> shape) {
    return shape.stream().mapToInt(CodedOutputStream::computeUInt64SizeNoTag).sum();
  }

  /** Writes it as a protobuf {@code Weights}. */
  void writeInline(OutputStream to) throws IOException {
    CodedOutputStream out = CodedOutputStream.newInstance(to);
    for (Map.Entry<String, NumpyArray> each : trainer.all().entrySet()) {
      NumpyArray array = each.getValue();
      out.writeTag(1, 2);
      out.writeUInt64NoTag(entrySize(each.getKey(), array));
      out.writeString(1, each.getKey());
      out.writeTag(2, 2);
      out.writeUInt64NoTag(valueSize(array));
      out.writeString(1, InlineWeights.typeText(array.type()));
      List<Long> shape = shape(array);
      if (!shape.isEmpty()) {
        out.writeTag(2, 2);
        out.writeUInt32NoTag(shapeSize(shape));
        for (long length : shape) {
          out.writeUInt64NoTag(length);
        }
      }
      out.writeTag(3, 2);
      out.writeUInt64NoTag(array.byteCount());
      out.flush();
      writeValues(each.getKey(), array, to);
    }
  }

  private void writeValues(String name, NumpyArray array, OutputStream out) throws IOException {
    Optional<Long> offset =
        TrainerArrays.isShared(array)
            ? Optional.ofNullable(offsets.get(TrainerArrays.tensorName(name)))
            : Optional.empty();
    if (offset.isPresent()) {
      FloatValues.write(model, offset.get(), array.size(), array.type(), out);
    } else {
      try (InputStream own = array.littleEndian(trainer.file())) {
        var unused = own.transferTo(out);
      }
    }
  }
}
