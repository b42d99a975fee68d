/**
 * Writes the synthetic sample library and its truth: MIDI files whose music is known by
 * construction.
 *
 * <p>The way of a file: a {@code Recipe} lets the {@code Composer} write notes and arranges them as
 * a {@code Song} (the model), {@code Truth} tells the expected row from that model, {@code SmfFile}
 * encodes it. No expectation is ever read back from the bytes. {@link
 * dev.midstream.testdata.GenerateTestdata} is the only entry point.
 */
package dev.midstream.testdata;
