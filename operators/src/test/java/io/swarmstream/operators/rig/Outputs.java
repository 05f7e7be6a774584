package io.swarmstream.operators.rig;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.runtime.plugable.SerializationDelegate;
import org.apache.flink.streaming.api.graph.StreamEdge;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.partitioner.ConfigurableStreamPartitioner;
import org.apache.flink.streaming.runtime.partitioner.StreamPartitioner;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** The edges out of one subtask: Flink's own partitioner says which channel a record takes. */
@SuppressWarnings({"unchecked", "rawtypes"})
final class Outputs implements Output<StreamRecord<Object>> {
  /** One edge, with a channel to each subtask that it can lead to. */
  private record Way(
      @Nullable OutputTag<?> tag, StreamPartitioner<Object> partitioner, List<Channel> channels) {}

  private final List<Way> ways = new ArrayList<>();
  private final SerializationDelegate<StreamRecord<Object>> delegate =
      new SerializationDelegate<>(null);

  /** Adds an edge; the channels lead to all subtasks that it reaches from here. */
  void add(StreamEdge edge, List<Channel> channels) {
    StreamPartitioner<Object> own = ((StreamPartitioner<Object>) edge.getPartitioner()).copy();
    if (own instanceof ConfigurableStreamPartitioner keyed) {
      keyed.configure(Wiring.MAX_PARALLELISM);
    }
    own.setup(channels.size());
    ways.add(new Way(edge.getOutputTag(), own, channels));
  }

  void barrier(long checkpoint) {
    for (Way way : ways) {
      way.channels().forEach(channel -> channel.put(new Channel.Barrier(checkpoint)));
    }
  }

  void send(Object value) {
    collect(new StreamRecord<>(value));
  }

  @Override
  public void collect(StreamRecord<Object> record) {
    emit(null, record);
  }

  @Override
  public <X> void collect(OutputTag<X> tag, StreamRecord<X> record) {
    emit(tag, (StreamRecord) record);
  }

  private void emit(@Nullable OutputTag<?> tag, StreamRecord<Object> record) {
    for (Way way : ways) {
      if (Objects.equals(way.tag(), tag)) {
        if (way.partitioner().isBroadcast()) {
          way.channels().forEach(channel -> channel.put(record.getValue()));
        } else {
          delegate.setInstance(record);
          way.channels().get(way.partitioner().selectChannel(delegate)).put(record.getValue());
        }
      }
    }
  }

  @Override
  public void close() {}

  @Override
  public void emitWatermark(Watermark mark) {}

  @Override
  public void emitWatermark(org.apache.flink.runtime.event.WatermarkEvent event) {}

  @Override
  public void emitWatermarkStatus(WatermarkStatus status) {}

  @Override
  public void emitLatencyMarker(LatencyMarker marker) {}

  @Override
  public void emitRecordAttributes(RecordAttributes attributes) {}
}
