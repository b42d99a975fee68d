package dev.midstream.runners;

import java.sql.SQLException;
import java.util.List;

/** What a library says, whichever run has written it and when. */
final class Tables {
  /** Every column but run and times; the many of an analysis as one digest. */
  private static final String ALL =
      """
      select uri, size_bytes, modified_at, sha256, status, reject_reason, reject_detail,
        reject_offset, missing_since is not null, md5(to_jsonb(a)::text)
      from midstream.file f full join midstream.analysis a using (sha256)
      order by uri collate "C", sha256
      """;

  private Tables() {}

  static List<List<String>> of(String url) throws SQLException {
    return TestServer.rows(url, ALL);
  }
}
