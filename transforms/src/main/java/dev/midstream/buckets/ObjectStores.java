package dev.midstream.buckets;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.sdk.options.PipelineOptions;

/** The stores, each made when it is first asked for: credentials are looked for only then. */
final class ObjectStores {
  /** More than are read at once; the rest is for listings. */
  static final int MOST_CONNECTIONS = 1100;

  /** How long a connection may take. */
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** How long nothing may come in, before the answer and within it. */
  static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

  /** All that have a client. */
  private static final Set<ObjectStores> OPEN = ConcurrentHashMap.newKeySet();

  private final PipelineOptions options;
  private final Map<String, ObjectStore> stores = new ConcurrentHashMap<>();

  ObjectStores(PipelineOptions options) {
    this.options = options;
  }

  /** The store that holds {@code uri}. */
  ObjectStore of(ObjectUri uri) {
    switch (uri.scheme()) {
      case "s3":
        return stores.computeIfAbsent("s3", none -> opened(new S3Store(options)));
      case "gs":
        return stores.computeIfAbsent("gs", none -> opened(new GcsStore(options)));
      default:
        String account = uri.bucket().substring(0, uri.bucket().indexOf('/'));
        return stores.computeIfAbsent(
            "azfs://" + account, none -> opened(new AzureStore(options, account)));
    }
  }

  private ObjectStore opened(ObjectStore store) {
    OPEN.add(this);
    return store;
  }

  /** Closes the clients of this JVM; who asks for a store later gets a new one. */
  static void closeAll() {
    for (ObjectStores open : OPEN) {
      OPEN.remove(open);
      for (String name : open.stores.keySet()) {
        ObjectStore store = open.stores.remove(name);
        if (store != null) {
          store.close();
        }
      }
    }
  }
}
