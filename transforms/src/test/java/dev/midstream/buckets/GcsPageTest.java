package dev.midstream.buckets;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.midstream.buckets.ObjectStore.Entry;
import dev.midstream.buckets.ObjectStore.Page;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GcsPageTest {
  private static final String PAGE =
      """
      {"kind": "storage#objects", "nextPageToken": "Cgdi", "prefixes": ["a/", "\\u00e9/"],
       "items": [
         {"name": "b.mid", "size": "6701", "updated": "2026-11-23T10:36:58.123Z"},
         {"metadata": {"name": "x", "of": [1, null]}, "size": 0, "name": "\\"c\\".mid"},
         {"updated": "yesterday", "name": "d.mid", "size": "1"}]}\
      """;

  private static Page read(String json) throws IOException {
    return GcsPage.read(new StringReader(json));
  }

  @Test
  void aPageWithAllThatItMayHave() throws Exception {
    Page page = read(PAGE);
    assertThat(
        page.objects(),
        contains(
            new Entry("b.mid", 6701, 1_795_430_218_123L),
            new Entry("\"c\".mid", 0, 0),
            new Entry("d.mid", 1, 0)));
    assertThat(page.folders(), contains("a/", "é/"));
    assertThat(page.next(), is("Cgdi"));
  }

  @Test
  void nothingIsAPageToo() throws Exception {
    Page page = read("{}");
    assertThat(page.objects(), empty());
    assertThat(page.folders(), empty());
    assertThat(page.next(), nullValue());
  }

  @Test
  void whatIsCutOffIsNone() {
    for (int length = 0; length < PAGE.length(); length++) {
      String cut = PAGE.substring(0, length);
      assertThrows(IOException.class, () -> read(cut), cut);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "<html>",
        "{\"items\": {}}",
        "{\"items\": [1]}",
        "{\"items\": [{\"size\": \"much\"}]}",
        "{\"prefixes\": [{}]}",
        "{\"nextPageToken\": null}"
      })
  void anythingElseIsNone(String json) {
    assertThrows(IOException.class, () -> read(json));
  }
}
