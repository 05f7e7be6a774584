package io.swarmstream.schemas.wire;

import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.avro.MaskAgreement;
import io.swarmstream.schemas.avro.MaskCohort;
import io.swarmstream.schemas.avro.MaskConfirmation;
import io.swarmstream.schemas.avro.MaskOffer;
import io.swarmstream.schemas.avro.MaskRoster;
import io.swarmstream.schemas.avro.ModelChunk;
import io.swarmstream.schemas.avro.Rejection;
import io.swarmstream.schemas.avro.RoundNotice;
import io.swarmstream.schemas.avro.RoundPlan;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.avro.SiteEvent;
import io.swarmstream.schemas.avro.Unmask;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * The byte form of one kind of record: a frame of 4 bytes ({@code 'S' 'W' kind version}), then Avro
 * binary.
 *
 * <p>A schema evolves only by new fields with defaults at the end of the top-level record. A reader
 * of a newer record finds the fields that it knows first and ignores the bytes after them. A reader
 * of an older record resolves it against the schema of that version, which is kept. Readers and
 * writers may therefore be any number of versions apart.
 *
 * <p>A record is written in the oldest version that can express it: a record that uses no new field
 * keeps the bytes, and the hash, that it always had.
 */
public final class WireFormat<T extends SpecificRecord> {
  public static final WireFormat<DeltaChunk> DELTA_CHUNK =
      new WireFormat<>(
          1,
          DeltaChunk.class,
          List.of(
              firstFields(DeltaChunk.getClassSchema(), 14),
              firstFields(DeltaChunk.getClassSchema(), 15),
              DeltaChunk.getClassSchema()));
  public static final WireFormat<ModelChunk> MODEL_CHUNK =
      new WireFormat<>(
          2,
          ModelChunk.class,
          List.of(firstFields(ModelChunk.getClassSchema(), 7), ModelChunk.getClassSchema()));
  public static final WireFormat<RoundRecord> ROUND_RECORD =
      new WireFormat<>(
          3,
          RoundRecord.class,
          List.of(
              firstFields(RoundRecord.getClassSchema(), 16),
              firstFields(RoundRecord.getClassSchema(), 19),
              firstFields(RoundRecord.getClassSchema(), 21),
              firstFields(RoundRecord.getClassSchema(), 24),
              firstFields(RoundRecord.getClassSchema(), 25),
              firstFields(RoundRecord.getClassSchema(), 26),
              firstFields(RoundRecord.getClassSchema(), 27),
              RoundRecord.getClassSchema()));
  public static final WireFormat<RoundNotice> ROUND_NOTICE =
      new WireFormat<>(4, RoundNotice.class, List.of(RoundNotice.getClassSchema()));
  public static final WireFormat<Rejection> REJECTION =
      new WireFormat<>(5, Rejection.class, List.of(Rejection.getClassSchema()));
  public static final WireFormat<SiteEvent> SITE_EVENT =
      new WireFormat<>(6, SiteEvent.class, List.of(SiteEvent.getClassSchema()));
  public static final WireFormat<RoundPlan> ROUND_PLAN =
      new WireFormat<>(
          7,
          RoundPlan.class,
          List.of(firstFields(RoundPlan.getClassSchema(), 12), RoundPlan.getClassSchema()));
  public static final WireFormat<MaskOffer> MASK_OFFER =
      new WireFormat<>(8, MaskOffer.class, List.of(MaskOffer.getClassSchema()));
  public static final WireFormat<MaskRoster> MASK_ROSTER =
      new WireFormat<>(9, MaskRoster.class, List.of(MaskRoster.getClassSchema()));
  public static final WireFormat<MaskCohort> MASK_COHORT =
      new WireFormat<>(10, MaskCohort.class, List.of(MaskCohort.getClassSchema()));
  public static final WireFormat<Unmask> UNMASK =
      new WireFormat<>(11, Unmask.class, List.of(Unmask.getClassSchema()));
  public static final WireFormat<MaskConfirmation> MASK_CONFIRMATION =
      new WireFormat<>(12, MaskConfirmation.class, List.of(MaskConfirmation.getClassSchema()));
  public static final WireFormat<MaskAgreement> MASK_AGREEMENT =
      new WireFormat<>(13, MaskAgreement.class, List.of(MaskAgreement.getClassSchema()));

  private static final int FRAME_BYTES = 4;

  private final byte kind;
  private final Class<T> type;

  /** The schema of each version, oldest first. */
  private final List<Schema> versions;

  WireFormat(int kind, Class<T> type, List<Schema> versions) {
    this.kind = (byte) kind;
    this.type = type;
    this.versions = List.copyOf(versions);
  }

  /** Derives an older version from a newer one by dropping the fields that were added later. */
  private static Schema firstFields(Schema schema, int count) {
    List<Schema.Field> fields =
        schema.getFields().subList(0, count).stream()
            .map(field -> new Schema.Field(field, field.schema()))
            .toList();
    return Schema.createRecord(
        schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
  }

  /**
   * Encodes a record. Writes it twice, the first time to determine the length, so that the payload
   * is copied only once.
   */
  public byte[] encode(T value) {
    int version = versionOf(value);
    int length = write(value, version, new FixedOutput(new byte[0]));
    byte[] bytes = new byte[length];
    write(value, version, new FixedOutput(bytes));
    return bytes;
  }

  /** Returns the number of bytes that the record takes. */
  private int write(T value, int version, FixedOutput out) {
    out.write('S');
    out.write('W');
    out.write(kind);
    out.write(version);
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    try {
      new SpecificDatumWriter<T>(versions.get(version - 1)).write(value, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new AssertionError("writing to memory does not fail", e);
    }
    return out.count;
  }

  /** Counts the bytes written, and keeps those that fit. */
  private static final class FixedOutput extends OutputStream {
    private final byte[] bytes;
    private int count;

    FixedOutput(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void write(int next) {
      if (count < bytes.length) {
        bytes[count] = (byte) next;
      }
      count++;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      int room = Math.max(0, Math.min(length, bytes.length - count));
      System.arraycopy(from, offset, bytes, Math.min(count, bytes.length), room);
      count = Math.addExact(count, length);
    }
  }

  /** Returns the oldest version whose readers get the same value. */
  private int versionOf(T value) {
    int version = versions.size();
    while (version > 1 && areDefaults(value, versions.get(version - 2).getFields().size())) {
      version--;
    }
    return version;
  }

  /** Whether all fields of a value from this index on have their defaults. */
  private static boolean areDefaults(SpecificRecord value, int from) {
    List<Schema.Field> fields = value.getSchema().getFields();
    return fields.subList(from, fields.size()).stream()
        .allMatch(
            field ->
                SpecificData.get()
                        .compare(
                            value.get(field.pos()),
                            SpecificData.get().getDefaultValue(field),
                            field.schema())
                    == 0);
  }

  /** Returns the schema with which a value is written. */
  Schema schemaOf(T value) {
    return versions.get(versionOf(value) - 1);
  }

  /** Returns the newest version that this program knows. */
  int newestVersion() {
    return versions.size();
  }

  /** Whether the bytes carry the frame of any kind of record, known or unknown. */
  public static boolean isFramed(byte[] bytes) {
    return bytes.length >= FRAME_BYTES && bytes[0] == 'S' && bytes[1] == 'W';
  }

  /** Whether the bytes carry this format's frame. */
  public boolean frames(byte[] bytes) {
    return frames(ByteBuffer.wrap(bytes));
  }

  /**
   * Like {@link #frames(byte[])}, but inspects the remaining bytes of a buffer and leaves its
   * position unchanged.
   */
  public boolean frames(ByteBuffer bytes) {
    int at = bytes.position();
    return bytes.remaining() >= FRAME_BYTES
        && bytes.get(at) == 'S'
        && bytes.get(at + 1) == 'W'
        && bytes.get(at + 2) == kind;
  }

  /**
   * Decodes a whole record of any version. Safe on untrusted bytes: takes memory in proportion to
   * the actual bytes, not to the lengths that they claim.
   *
   * @param bytes must not be modified afterwards: the record's byte fields are views of them
   * @throws MalformedRecordException if the bytes are not such a record
   */
  public T decode(byte[] bytes) throws MalformedRecordException {
    return decode(ByteBuffer.wrap(bytes));
  }

  /**
   * Like {@link #decode(byte[])}, but reads the remaining bytes of an array-backed buffer and
   * leaves its position unchanged.
   */
  public T decode(ByteBuffer bytes) throws MalformedRecordException {
    int version = frames(bytes) ? bytes.get(bytes.position() + FRAME_BYTES - 1) : 0;
    if (version < 1) {
      throw new MalformedRecordException(
          "the bytes do not start with the frame of a " + type.getSimpleName());
    }
    boolean newer = version > versions.size();
    Schema writer = newer ? newest() : versions.get(version - 1);
    int start = bytes.arrayOffset() + bytes.position();
    BoundedDecoder decoder =
        new BoundedDecoder(bytes.array(), start + FRAME_BYTES, start + bytes.remaining());
    try {
      T value = new SpecificDatumReader<T>(writer, newest()).read(null, decoder);
      if (!newer && !decoder.isEnd()) {
        throw new MalformedRecordException("bytes are left behind the " + type.getSimpleName());
      }
      return value;
    } catch (IOException | AvroRuntimeException e) {
      throw new MalformedRecordException(
          "the bytes are not a whole " + type.getSimpleName() + ": " + e.getMessage(), e);
    }
  }

  private Schema newest() {
    return versions.get(versions.size() - 1);
  }
}
