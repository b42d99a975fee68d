/**
 * A local file's bytes: read into an array or copied out of a mapping. {@link
 * dev.midstream.source.ContentReader} is the door.
 */
package dev.midstream.source;
