package dev.midstream.transforms;

import dev.midstream.analysis.Analysis;

/** A content and what is known of it: one row of the table {@code analysis}. Immutable. */
public record ContentAnalysis(ContentId content, Analysis analysis) {}
