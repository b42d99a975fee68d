package dev.midstream.postgres;

import java.util.List;

/**
 * What a run has looked at: only a file of this place can be missed.
 *
 * @param prefixes beginnings of URIs, each ending with a slash
 * @param patterns regular expressions of PostgreSQL, for whole URIs
 */
public record Coverage(List<String> prefixes, List<String> patterns) {
  /** A place whose lists nobody changes any more. */
  public Coverage {
    prefixes = List.copyOf(prefixes);
    patterns = List.copyOf(patterns);
  }
}
