package dev.midstream.transforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.DoubleCoder;
import org.apache.beam.sdk.coders.FloatCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;

/** The primitives that the coders of this package are written with: Beam's own coders, named. */
final class Wire {
  static final StringUtf8Coder TEXT = StringUtf8Coder.of();
  static final NullableCoder<String> NULLABLE_TEXT = NullableCoder.of(TEXT);
  static final ListCoder<String> TEXTS = ListCoder.of(TEXT);
  static final VarIntCoder INT = VarIntCoder.of();
  static final NullableCoder<Integer> NULLABLE_INT = NullableCoder.of(INT);
  static final ListCoder<Integer> INTS = ListCoder.of(INT);
  static final VarLongCoder LONG = VarLongCoder.of();
  static final BigEndianLongCoder BITS = BigEndianLongCoder.of();
  static final FloatCoder FLOAT = FloatCoder.of();
  static final NullableCoder<Float> NULLABLE_FLOAT = NullableCoder.of(FLOAT);
  static final DoubleCoder DOUBLE = DoubleCoder.of();
  static final NullableCoder<Double> NULLABLE_DOUBLE = NullableCoder.of(DOUBLE);
  static final BooleanCoder FLAG = BooleanCoder.of();

  private Wire() {}

  /** Writes one element. */
  interface Writer<T> {
    void write(T value, OutputStream out) throws IOException;
  }

  /** Reads one element. */
  interface Reader<T> {
    T read(InputStream in) throws IOException;
  }

  static <T> void writeList(List<T> list, OutputStream out, Writer<T> writer) throws IOException {
    INT.encode(list.size(), out);
    for (T value : list) {
      writer.write(value, out);
    }
  }

  static <T> List<T> readList(InputStream in, Reader<T> reader) throws IOException {
    int size = INT.decode(in);
    List<T> list = new ArrayList<>(Math.min(size, 1 << 16));
    for (int i = 0; i < size; i++) {
      list.add(reader.read(in));
    }
    return list;
  }

  static <E extends Enum<E>> E readEnum(InputStream in, E[] values) throws IOException {
    int ordinal = INT.decode(in);
    if (ordinal < 0 || ordinal >= values.length) {
      throw new CoderException("no such constant: " + ordinal);
    }
    return values[ordinal];
  }
}
