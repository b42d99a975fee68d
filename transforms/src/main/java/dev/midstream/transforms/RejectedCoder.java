package dev.midstream.transforms;

import dev.midstream.midi.ParseOutcome.Rejected;
import dev.midstream.midi.RejectReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.NullableCoder;

/** Encodes a {@link Rejected}. */
final class RejectedCoder extends AtomicCoder<Rejected> {
  static final RejectedCoder INSTANCE = new RejectedCoder();
  static final NullableCoder<Rejected> NULLABLE = NullableCoder.of(INSTANCE);

  private static final RejectReason[] REASONS = RejectReason.values();

  private RejectedCoder() {}

  @Override
  public void encode(Rejected rejected, OutputStream out) throws IOException {
    Wire.INT.encode(rejected.reason().ordinal(), out);
    Wire.LONG.encode(rejected.byteOffset(), out);
    Wire.TEXT.encode(rejected.detail(), out);
  }

  @Override
  public Rejected decode(InputStream in) throws IOException {
    return new Rejected(Wire.readEnum(in, REASONS), Wire.LONG.decode(in), Wire.TEXT.decode(in));
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
