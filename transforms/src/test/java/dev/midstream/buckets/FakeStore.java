package dev.midstream.buckets;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.io.FileSystem;
import org.apache.beam.sdk.io.FileSystemRegistrar;
import org.apache.beam.sdk.io.fs.CreateOptions;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptions;

/** A file system whose objects answer as a test says: {@code fake://name}. */
public final class FakeStore extends FileSystem<FakeStore.Id> {
  /** What an object answers to the n-th request, from 0 on. */
  interface Answers {
    ReadableByteChannel to(int request) throws IOException, InterruptedException;
  }

  static final Map<String, Answers> OBJECTS = new ConcurrentHashMap<>();
  static final AtomicInteger OPEN = new AtomicInteger();
  static final AtomicInteger MOST_OPEN = new AtomicInteger();
  private static final Map<String, AtomicInteger> REQUESTS = new ConcurrentHashMap<>();

  /** Forgets all objects. */
  public static void reset() {
    OBJECTS.clear();
    REQUESTS.clear();
    OPEN.set(0);
    MOST_OPEN.set(0);
  }

  static int requests(String name) {
    return REQUESTS.containsKey(name) ? REQUESTS.get(name).get() : 0;
  }

  /** The bytes of an object whose length and time the store tells; it ends after {@code sent}. */
  static ReadableByteChannel answer(byte[] content, long told, long modifiedMillis, int sent) {
    MOST_OPEN.accumulateAndGet(OPEN.incrementAndGet(), Math::max);
    InputStream stream = new ByteArrayInputStream(content, 0, sent);
    return new ObjectChannel(closing(stream), OPEN::decrementAndGet, told, modifiedMillis);
  }

  private static InputStream closing(InputStream stream) {
    return new FilterInputStream(stream) {
      @Override
      public void close() {
        OPEN.decrementAndGet();
      }
    };
  }

  static ReadableByteChannel whole(byte[] content, long modifiedMillis) {
    return answer(content, content.length, modifiedMillis, content.length);
  }

  /** Has an object answer only when {@code free} is opened; then there is none. */
  public static void hold(String name, CountDownLatch free) {
    OBJECTS.put(
        name,
        request -> {
          free.await();
          throw new FileNotFoundException(name);
        });
  }

  /** Registers it for tests. */
  public static final class Registrar implements FileSystemRegistrar {
    @Override
    public Iterable<FileSystem<?>> fromOptions(PipelineOptions options) {
      return List.of(new FakeStore());
    }
  }

  /** The name of an object. */
  public record Id(String spec) implements ResourceId {
    @Override
    public ResourceId resolve(String other, ResolveOptions option) {
      return new Id(spec + other);
    }

    @Override
    public ResourceId getCurrentDirectory() {
      return this;
    }

    @Override
    public String getScheme() {
      return "fake";
    }

    @Override
    public String getFilename() {
      return spec;
    }

    @Override
    public boolean isDirectory() {
      return false;
    }

    @Override
    public String toString() {
      return spec;
    }
  }

  @Override
  protected String getScheme() {
    return "fake";
  }

  @Override
  protected ReadableByteChannel open(Id id) throws IOException {
    String name = id.spec().substring("fake://".length());
    int request = REQUESTS.computeIfAbsent(name, none -> new AtomicInteger()).getAndIncrement();
    if (!OBJECTS.containsKey(name)) {
      throw new FileNotFoundException(name);
    }
    try {
      return OBJECTS.get(name).to(request);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  protected Id matchNewResource(String spec, boolean isDirectory) {
    return new Id(spec);
  }

  @Override
  protected List<MatchResult> match(List<String> specs) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected WritableByteChannel create(Id id, CreateOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void copy(List<Id> from, List<Id> to) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void rename(List<Id> from, List<Id> to, MoveOptions... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void delete(Collection<Id> ids) {
    throw new UnsupportedOperationException();
  }
}
