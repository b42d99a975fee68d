package dev.midstream.buckets;

import dev.midstream.buckets.BucketPart.Kind;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;

/**
 * Divides a tree in a bucket into parts that can be listed side by side, from the top down: its
 * upper folders, each as the tree below it, and what an upper folder holds itself. What lies in one
 * folder is one part, however much that is: no store tells where a listing could be cut.
 */
public final class BucketSplit {
  /** Enough parts to keep every worker busy, though some be much larger than others. */
  private static final int ENOUGH_PARTS = 256;

  /** The most folders that are asked what is in them, one after another. */
  private static final int MOST_REQUESTS = 64;

  private BucketSplit() {}

  /**
   * The specs of parts that together are what {@code spec} means, each object in one of them; the
   * spec itself if it is no tree, or one without folders.
   *
   * @throws IOException if the store cannot be asked
   */
  public static List<String> split(String spec) throws IOException {
    if (!BucketFileSystem.isSpec(spec) || !BucketFileSystem.isTree(spec)) {
      return List.of(spec);
    }
    List<String> parts = new ArrayList<>();
    Deque<String> open = new ArrayDeque<>(List.of(spec));
    for (int requests = 0;
        !open.isEmpty() && requests < MOST_REQUESTS && parts.size() + open.size() < ENOUGH_PARTS;
        requests++) {
      divide(open.remove(), parts, open);
    }
    parts.addAll(open);
    return parts;
  }

  private static void divide(String tree, List<String> parts, Deque<String> open)
      throws IOException {
    ObjectUri uri = BucketPart.of(tree).uri();
    String level = new BucketPart(Kind.LEVEL, uri).spec();
    List<String> folders = new ArrayList<>();
    boolean holdsObjects = false;
    for (Metadata found : FileSystems.match(level, EmptyMatchTreatment.ALLOW).metadata()) {
      if (found.resourceId().isDirectory()) {
        folders.add(found.resourceId().toString());
      } else {
        holdsObjects = true;
      }
    }
    if (folders.isEmpty() || folders.equals(List.of(tree))) {
      parts.add(tree);
      return;
    }
    if (holdsObjects) {
      parts.add(new BucketPart(Kind.FOLDER, uri).spec());
    }
    open.addAll(folders);
  }
}
