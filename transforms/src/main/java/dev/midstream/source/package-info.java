/**
 * A file's bytes, wherever it lies: read into an array, copied out of a mapping, or fetched from a
 * bucket through Beam's file systems. {@link dev.midstream.source.ContentReader} is the door.
 */
package dev.midstream.source;
