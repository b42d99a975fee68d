package dev.midstream.source;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Collection;
import java.util.List;
import org.apache.beam.sdk.io.FileSystem;
import org.apache.beam.sdk.io.fs.CreateOptions;
import org.apache.beam.sdk.io.fs.MoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;

/** A file system of ours for {@code FileIO.match}: nothing is ever written through it. */
public abstract class ReadOnlyFileSystem<R extends ResourceId> extends FileSystem<R> {

  /** What is thrown where more is asked for than it does. */
  protected abstract IOException refusal();

  @Override
  protected final WritableByteChannel create(R id, CreateOptions options) throws IOException {
    throw refusal();
  }

  @Override
  protected final void copy(List<R> from, List<R> to) throws IOException {
    throw refusal();
  }

  @Override
  protected final void rename(List<R> from, List<R> to, MoveOptions... options) throws IOException {
    throw refusal();
  }

  @Override
  protected final void delete(Collection<R> ids) throws IOException {
    throw refusal();
  }
}
