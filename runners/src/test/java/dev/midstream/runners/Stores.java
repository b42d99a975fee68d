package dev.midstream.runners;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The servers of the clouds that are processes of their own, each from when it is first asked for.
 * They take seconds to start and more to become warm, so that tests share them ({@link
 * SharedStores}); each has a bucket of its own.
 */
final class Stores implements AutoCloseable {
  /** How the server of a cloud is started, with a folder for what it keeps. */
  interface Start {
    ServerProcess in(Path folder) throws IOException, InterruptedException;
  }

  private final Map<Cloud, ServerProcess> running = new EnumMap<>(Cloud.class);
  private final Path folder;

  Stores() throws IOException {
    folder = Files.createTempDirectory("midstream-test-stores");
  }

  /** The server of {@code cloud}. */
  ServerProcess of(Cloud cloud, Start start) throws IOException, InterruptedException {
    ServerProcess server = running.get(cloud);
    if (server == null) {
      server = start.in(Files.createDirectory(folder.resolve(cloud.name())));
      running.put(cloud, server);
    }
    return server;
  }

  @Override
  public void close() throws IOException {
    running.values().forEach(ServerProcess::close);
    List<Path> left;
    try (Stream<Path> tree = Files.walk(folder)) {
      left = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : left) {
      Files.delete(path);
    }
  }
}
