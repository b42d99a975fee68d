/**
 * The Beam transforms around one file, in the order of the graph: {@link
 * dev.midstream.transforms.MatchMidi}, {@link dev.midstream.transforms.ReadMidi}, {@link
 * dev.midstream.transforms.AnalyzeMidi}; their elements, and the coders of those. The unit that
 * travels is a batch of files: it pays the runner's price of an element once.
 */
package dev.midstream.transforms;
