package dev.midstream.simd;

import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses, once a JVM, between the vector and the scalar twins, and says so in one log line.
 * Vectors need the module {@code jdk.incubator.vector} and a CPU with 256 bits; the system property
 * {@code midstream.simd} set to {@code scalar} refuses them. Thread-safe.
 */
public final class Kernels {
  /** The narrowest vectors that gain anything. */
  private static final int NARROWEST_BITS = 256;

  /** The same for events, four of which are too few at once: then plain branches are faster. */
  private static final int NARROWEST_BITS_FOR_EVENTS = 512;

  private static final Logger LOG = LoggerFactory.getLogger(Kernels.class);
  private static final EventKernel SCALAR = new ScalarEventKernel();
  private static final SignalKernel SCALAR_SIGNALS = new ScalarSignalKernel();

  private Kernels() {}

  /** Chooses when it is first asked: loading the vector classes takes its time. */
  private static final class Chosen {
    static final EventKernel EVENTS = choose();
    static final boolean EVENTS_PAY = EVENTS != SCALAR && bits(EVENTS) >= NARROWEST_BITS_FOR_EVENTS;
    static final SignalKernel VECTOR_SIGNALS = chooseSignals();
    static final SignalKernel SIGNALS =
        VECTOR_SIGNALS == SCALAR_SIGNALS
            ? SCALAR_SIGNALS
            : new PayingSignalKernel(SCALAR_SIGNALS, VECTOR_SIGNALS);
  }

  /** The kernel that this JVM is to use. */
  public static EventKernel events() {
    return Chosen.EVENTS;
  }

  /** The scalar twin, which every JVM has. */
  public static EventKernel scalarEvents() {
    return SCALAR;
  }

  /** The kernel for signals that this JVM is to use: the scalar twin until the vector one pays. */
  public static SignalKernel signals() {
    return Chosen.SIGNALS;
  }

  /** The scalar twin of {@link #vectorSignals()}. */
  public static SignalKernel scalarSignals() {
    return SCALAR_SIGNALS;
  }

  /** The vector twin, or the scalar one where there are no vectors. */
  public static SignalKernel vectorSignals() {
    return Chosen.VECTOR_SIGNALS;
  }

  /** How wide the vectors of {@link #vectorSignals()} are, in bits; 0 without vectors. */
  public static int signalBits() {
    return vectorSignals() == SCALAR_SIGNALS ? 0 : bits(vectorSignals());
  }

  private static int bits(Object vectorKernel) {
    try {
      return (int) vectorKernel.getClass().getDeclaredMethod("widthInBits").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Whether there are vectors so wide that with them events are read faster than one after the
   * other.
   */
  public static boolean haveVectorsForEvents() {
    return Chosen.EVENTS_PAY;
  }

  private static EventKernel choose() {
    String refusal;
    try {
      refusal = "midstream.simd=scalar";
      if (!"scalar".equals(System.getProperty("midstream.simd", "").toLowerCase(Locale.ROOT))) {
        // By name: without the module nothing may link to the class.
        Class<?> type = Class.forName("dev.midstream.simd.VectorEventKernel");
        EventKernel vector = (EventKernel) type.getDeclaredConstructor().newInstance();
        int bits = bits(vector);
        if (bits >= NARROWEST_BITS) {
          boolean wide = bits >= NARROWEST_BITS_FOR_EVENTS;
          LOG.info(
              "Kernels use vectors of {} bits{}", bits, wide ? "" : ", but not for MIDI events");
          return vector;
        }
        refusal = "vectors of " + bits + " bits gain nothing";
      }
    } catch (ReflectiveOperationException | LinkageError missing) {
      refusal = "no module jdk.incubator.vector: add --add-modules=jdk.incubator.vector";
    }
    LOG.info("Kernels are scalar ({})", refusal);
    return SCALAR;
  }

  /** Vectors for signals where there are vectors for events. */
  private static SignalKernel chooseSignals() {
    if (Chosen.EVENTS != SCALAR) {
      try {
        Class<?> vector = Class.forName("dev.midstream.simd.VectorSignalKernel");
        return (SignalKernel) vector.getDeclaredConstructor().newInstance();
      } catch (ReflectiveOperationException | LinkageError missing) {
        LOG.warn("Signals are scalar", missing);
      }
    }
    return SCALAR_SIGNALS;
  }
}
