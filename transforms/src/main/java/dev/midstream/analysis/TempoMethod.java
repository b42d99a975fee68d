package dev.midstream.analysis;

import java.util.Locale;

/** How a file's tempo was found: a closed list, stored by {@link #code()}. */
public enum TempoMethod {
  /** The file's tempo events, which its onsets bear out. */
  TEMPO_EVENTS,
  /** The onsets alone. */
  ONSETS,
  /** Both together. */
  HYBRID,
  /** Nothing told. */
  NONE;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** The method as it stands in {@code analysis.bpm_method}. */
  public String code() {
    return code;
  }
}
