package dev.midstream.benchmarks.key;

import dev.midstream.analysis.KeyEvidence;
import dev.midstream.analysis.KeyRow;
import java.util.List;

/**
 * An annotated file.
 *
 * @param corpus the collection it is from
 * @param keys the keys that are right, as in {@link Sample}
 * @param onlySignature whether the truth is a signature: then both of its keys are right
 * @param evidence as the analysis gathers it, {@link KeyRow#SIZE} rows of twelve numbers
 * @param stretches a row for each stretch of {@link Piece#STRETCH} windows in which notes begin
 * @param histograms of the pitches of the whole and of each track, of length 1: they tell pieces
 *     apart
 */
record Piece(
    String corpus,
    int keys,
    boolean onlySignature,
    float[] evidence,
    List<float[]> stretches,
    List<float[]> histograms) {
  /** Windows in a stretch. */
  static final int STRETCH = KeyEvidence.WINDOWS / 8;
}
