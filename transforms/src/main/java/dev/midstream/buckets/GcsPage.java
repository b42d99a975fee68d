package dev.midstream.buckets;

import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import dev.midstream.buckets.ObjectStore.Entry;
import dev.midstream.buckets.ObjectStore.Page;
import java.io.IOException;
import java.io.Reader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page of a listing of Google Cloud Storage, the resource {@code storage#objects} of its
 * JSON API, as it comes in. The objects that Google's client makes of it, by reflection, take
 * longer than to ask for them.
 */
final class GcsPage {
  private final JsonReader json;
  private final List<Entry> objects = new ArrayList<>();
  private final List<String> folders = new ArrayList<>();
  private @Nullable String next;

  private GcsPage(Reader answer) {
    json = new JsonReader(answer);
  }

  /**
   * Reads to its end.
   *
   * @throws IOException if it is not one
   */
  static Page read(Reader answer) throws IOException {
    try {
      GcsPage page = new GcsPage(answer);
      page.read();
      return new Page(page.objects, page.folders, page.next);
    } catch (JsonParseException | IllegalStateException | NumberFormatException e) {
      throw new IOException("no listing: " + e.getMessage(), e);
    }
  }

  private void read() throws IOException {
    json.beginObject();
    while (json.hasNext()) {
      switch (json.nextName()) {
        case "items" -> readItems();
        case "prefixes" -> readPrefixes();
        case "nextPageToken" -> next = json.nextString();
        default -> json.skipValue();
      }
    }
    json.endObject();
  }

  private void readItems() throws IOException {
    json.beginArray();
    while (json.hasNext()) {
      readItem();
    }
    json.endArray();
  }

  private void readItem() throws IOException {
    String name = "";
    long size = 0;
    long updated = 0;
    json.beginObject();
    while (json.hasNext()) {
      switch (json.nextName()) {
        case "name" -> name = json.nextString();
        case "size" -> size = json.nextLong();
        case "updated" -> updated = millis(json.nextString());
        default -> json.skipValue();
      }
    }
    json.endObject();
    objects.add(new Entry(name, size, updated));
  }

  private void readPrefixes() throws IOException {
    json.beginArray();
    while (json.hasNext()) {
      folders.add(json.nextString());
    }
    json.endArray();
  }

  private static long millis(String time) {
    try {
      return Instant.parse(time).toEpochMilli();
    } catch (DateTimeException e) {
      return 0;
    }
  }
}
