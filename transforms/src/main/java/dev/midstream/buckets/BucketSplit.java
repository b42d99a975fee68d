package dev.midstream.buckets;

import dev.midstream.buckets.BucketPart.Kind;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;

/**
 * Divides a tree in a bucket into parts that can be listed side by side, from the top down: its
 * upper folders, each as the tree below it, and what an upper folder holds itself; of many folders
 * side by side those whose names begin alike. What a few requests list is one part, and what lies
 * in one folder, however much that is.
 */
public final class BucketSplit {
  /** Enough parts to keep every worker busy, though some be much larger than others. */
  private static final int ENOUGH_PARTS = 256;

  /** The most trees that are looked into. */
  private static final int MOST_REQUESTS = 64;

  /** So many of them side by side. */
  private static final int MOST_AT_ONCE = 16;

  /** More folders in one are not parts of their own: each would take a request, for a few files. */
  private static final int MANY_FOLDERS = 64;

  /** So many parts, or somewhat more, those folders are divided into, by how their names begin. */
  private static final int ENOUGH_BEGINNINGS = 16;

  private BucketSplit() {}

  /**
   * Finds the specs of parts that together are what {@code spec} means, each object in one of them;
   * the spec itself if it is no tree, or one without folders.
   *
   * @param found gets some of them as soon as they are known, while others are still divided
   * @throws IOException if the store cannot be asked
   */
  public static void split(String spec, Consumer<List<String>> found) throws IOException {
    if (!BucketFileSystem.isSpec(spec) || !BucketFileSystem.isTree(spec)) {
      found.accept(List.of(spec));
      return;
    }
    ExecutorService threads = Executors.newFixedThreadPool(MOST_AT_ONCE);
    try {
      divideAll(spec, threads, found);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw cause instanceof IOException ? (IOException) cause : new IOException(cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while dividing " + spec, e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void divideAll(String spec, ExecutorService threads, Consumer<List<String>> found)
      throws ExecutionException, InterruptedException {
    int known = 0;
    Deque<String> open = new ArrayDeque<>(List.of(spec));
    int left = MOST_REQUESTS;
    while (!open.isEmpty() && left > 0 && known + open.size() < ENOUGH_PARTS) {
      List<Future<Division>> divisions = new ArrayList<>();
      for (int i = 0; i < MOST_AT_ONCE && i < left && !open.isEmpty(); i++) {
        String tree = open.remove();
        divisions.add(threads.submit(() -> divide(tree)));
      }
      left -= divisions.size();
      List<String> parts = new ArrayList<>();
      for (Future<Division> division : divisions) {
        parts.addAll(division.get().parts);
        open.addAll(division.get().open);
      }
      known += parts.size();
      found.accept(parts);
    }
    found.accept(List.copyOf(open));
  }

  /** Of a tree the parts that are not to be divided further, and the trees that may be. */
  private record Division(List<String> parts, List<String> open) {}

  private static Division divide(String tree) throws IOException {
    ObjectUri uri = BucketPart.of(tree).uri();
    if (isSmall(uri)) {
      return new Division(List.of(tree), List.of());
    }
    List<String> folders = new ArrayList<>();
    List<String> objects = new ArrayList<>();
    for (Metadata found : match(Kind.LEVEL, uri)) {
      String key = ((BucketResourceId) found.resourceId()).part().uri().key();
      (found.resourceId().isDirectory() ? folders : objects).add(key);
    }
    if (folders.isEmpty() || folders.equals(List.of(uri.key()))) {
      return new Division(List.of(tree), List.of());
    }
    List<String> parts = new ArrayList<>();
    if (folders.size() > MANY_FOLDERS) {
      folders.addAll(objects);
      folders = beginnings(folders, uri.key().length());
    } else if (!objects.isEmpty()) {
      parts.add(new BucketPart(Kind.FOLDER, uri).spec());
    }
    return new Division(parts, folders.stream().map(key -> treeOf(uri, key)).toList());
  }

  private static boolean isSmall(ObjectUri tree) throws IOException {
    return match(Kind.SOME, tree).stream().noneMatch(found -> found.resourceId().isDirectory());
  }

  private static List<Metadata> match(Kind kind, ObjectUri uri) throws IOException {
    return FileSystems.match(new BucketPart(kind, uri).spec(), EmptyMatchTreatment.ALLOW)
        .metadata();
  }

  private static String treeOf(ObjectUri uri, String key) {
    return new BucketPart(Kind.TREE, uri.withKey(key)).spec();
  }

  /**
   * How keys begin that all begin with the same {@code common} characters: no more of each than it
   * takes to have enough different beginnings, of which none begins with another.
   */
  static List<String> beginnings(List<String> keys, int common) {
    int longest = keys.stream().mapToInt(String::length).max().orElse(0);
    TreeSet<String> beginnings = new TreeSet<>();
    for (int length = common + 1; length <= longest; length++) {
      beginnings.clear();
      for (String key : keys) {
        beginnings.add(beginning(key, length));
      }
      if (beginnings.size() >= ENOUGH_BEGINNINGS) {
        break;
      }
    }
    List<String> apart = new ArrayList<>();
    for (String beginning : beginnings) {
      if (apart.isEmpty() || !beginning.startsWith(apart.get(apart.size() - 1))) {
        apart.add(beginning);
      }
    }
    return apart;
  }

  private static String beginning(String key, int length) {
    if (key.length() <= length) {
      return key;
    }
    boolean cutsCharacter = Character.isSurrogatePair(key.charAt(length - 1), key.charAt(length));
    return key.substring(0, cutsCharacter ? length + 1 : length);
  }
}
