package dev.midstream.runners;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A store for tests, which speaks the protocol of a cloud on 127.0.0.1. */
interface ObjectServer extends AutoCloseable {
  /** How the name of its bucket begins. */
  String BUCKET = "music";

  AtomicInteger NUMBER = new AtomicInteger();

  /** The name of a bucket that no other test of this JVM has. */
  static String newBucket() {
    return BUCKET + "-" + NUMBER.incrementAndGet();
  }

  /** Where it listens. */
  URI address();

  /** How the URIs of its objects begin: {@code s3://music/}. */
  String root();

  /** The options that lead to it, or to what stands before it at {@code address}. */
  List<String> options(URI address);

  /** The credentials, for processes that find them in their environment. */
  default Map<String, String> environment() {
    return Map.of();
  }

  void put(String key, byte[] content) throws IOException;

  void delete(String key) throws IOException;

  @Override
  void close() throws IOException;

  /** Puts all files below {@code folder} into it, under their names below it. */
  default void putAll(Path folder) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try (Stream<Path> tree = Files.walk(folder)) {
      List<Future<?>> puts = new ArrayList<>();
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        puts.add(
            threads.submit(
                () -> {
                  put(folder.relativize(file).toString(), Files.readAllBytes(file));
                  return null;
                }));
      }
      for (Future<?> put : puts) {
        put.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
