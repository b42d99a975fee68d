package dev.midstream.buckets;

import dev.midstream.buckets.BucketPart.Kind;
import dev.midstream.buckets.ObjectStore.Entry;
import dev.midstream.buckets.ObjectStore.Page;
import dev.midstream.source.GlobExpression;
import dev.midstream.source.MidiNames;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.jspecify.annotations.Nullable;

/** Lists a part of a bucket, page by page. */
final class BucketListing {
  /** How long a store may fail to answer during a run. */
  static final Duration PATIENCE = Duration.ofMinutes(3);

  /** How long before one, where somebody waits for it to begin. */
  static final Duration PATIENCE_BEFORE = Duration.ofSeconds(10);

  /** A level of more pages is not divided: it is listed as a whole. */
  private static final int MOST_LEVEL_PAGES = 10;

  /** A tree of no more pages is not worth dividing. */
  private static final int FEW_PAGES = 2;

  private final ObjectStore store;
  private final BucketPart part;
  private final boolean firstOnly;

  BucketListing(ObjectStore store, BucketPart part) {
    this.store = store;
    this.part = part;
    this.firstOnly =
        part.kind() == Kind.ANY || part.kind() == Kind.ANY_GLOB || part.kind() == Kind.OBJECT;
  }

  /** All that the part holds; of those that ask for any, one at most. */
  List<Metadata> read() throws IOException {
    boolean byFolder = part.kind() == Kind.FOLDER || part.kind() == Kind.LEVEL;
    Predicate<String> isMeant = meant();
    String prefix = prefix();
    List<Metadata> found = new ArrayList<>();
    String next = null;
    int pages = 0;
    do {
      Page page = page(prefix, byFolder, next);
      next = page.next();
      for (Entry object : page.objects()) {
        if (isMeant.test(object.key())) {
          found.add(metadata(Kind.OBJECT, object));
        }
      }
      pages++;
      if (part.kind() == Kind.SOME && pages >= FEW_PAGES && next != null) {
        found.add(metadata(Kind.TREE, new Entry(prefix, 0, 0)));
        return found;
      }
      if (part.kind() == Kind.LEVEL) {
        if (pages >= MOST_LEVEL_PAGES && next != null) {
          return List.of(metadata(Kind.TREE, new Entry(prefix, 0, 0)));
        }
        page.folders().forEach(folder -> found.add(metadata(Kind.TREE, new Entry(folder, 0, 0))));
      }
    } while (next != null && !(firstOnly && !found.isEmpty()));
    return firstOnly && found.size() > 1 ? found.subList(0, 1) : found;
  }

  private String prefix() {
    String key = part.uri().key();
    boolean isGlob = part.kind() == Kind.GLOB || part.kind() == Kind.ANY_GLOB;
    return isGlob ? GlobExpression.literalPrefix(key) : key;
  }

  private Predicate<String> meant() {
    String key = part.uri().key();
    switch (part.kind()) {
      case OBJECT:
        return key::equals;
      case GLOB:
      case ANY_GLOB:
        Pattern pattern = Pattern.compile(GlobExpression.of(key), Pattern.DOTALL);
        return found -> MidiNames.matches(found) && pattern.matcher(found).matches();
      default:
        return MidiNames::matches;
    }
  }

  private Metadata metadata(Kind kind, Entry entry) {
    return Metadata.builder()
        .setResourceId(BucketResourceId.of(kind, part.uri().withKey(entry.key())))
        .setSizeBytes(entry.sizeBytes())
        .setLastModifiedMillis(entry.modifiedMillis())
        .setIsReadSeekEfficient(false)
        .build();
  }

  private Page page(String prefix, boolean byFolder, @Nullable String page) throws IOException {
    boolean isBefore = part.kind() == Kind.ANY || part.kind() == Kind.ANY_GLOB;
    Duration patience = isBefore ? PATIENCE_BEFORE : PATIENCE;
    long begun = System.nanoTime();
    for (int failures = 1; ; failures++) {
      try {
        return store.list(part.uri().bucket(), prefix, byFolder, page);
      } catch (StoreException e) {
        if (!e.maySucceedLater() || System.nanoTime() - begun > patience.toNanos()) {
          throw StoreException.lastWord(advice(e), e);
        }
      }
      try {
        Again.await(failures);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while listing " + part.uri(), e);
      }
    }
  }

  private String advice(StoreException e) {
    String line = e.getMessage();
    switch (e.kind()) {
      case GONE:
      case NO_BUCKET:
        return line + ": there is no such bucket";
      case WHO_ARE_YOU:
        return line + ": credentials are missing or wrong (" + credentials() + ")";
      case FORBIDDEN:
        return line + ": these credentials may not list it, or are wrong (" + credentials() + ")";
      case THROTTLED:
        return line + ": the store is busy, try later";
      case FAILED:
        return "cannot reach %s: %s (is the address right, and the network there?)"
            .formatted(store.endpoint(), line);
      default:
        return line;
    }
  }

  private String credentials() {
    switch (part.uri().scheme()) {
      case "s3":
        return "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile in ~/.aws, or a role";
      case "gs":
        return "GOOGLE_APPLICATION_CREDENTIALS, or gcloud auth application-default login";
      default:
        return AzureStore.CONNECTION_STRING + ", or AZURE_CLIENT_ID and its kin, or az login";
    }
  }
}
