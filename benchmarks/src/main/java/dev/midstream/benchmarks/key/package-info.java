/** Trains what {@code dev.midstream.analysis} knows about keys, and tells what it is worth. */
package dev.midstream.benchmarks.key;
