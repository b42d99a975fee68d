package dev.midstream.benchmarks.key;

/**
 * Evidence and what it should say.
 *
 * @param evidence rows of twelve numbers
 * @param keys the keys that are right, a bit each: major keys by tonic, then minor ones; two where
 *     only the signature is known
 * @param weight what it counts
 */
record Sample(float[] evidence, int keys, double weight) {}
