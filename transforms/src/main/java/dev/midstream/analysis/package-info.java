/**
 * What the music is: columns of one file into tempo, key, metre, statistics and texts.
 *
 * <p>{@link dev.midstream.analysis.MusicAnalyzer} is the door; {@link
 * dev.midstream.analysis.Analysis} is what comes out, an immutable value. What cannot be known is
 * null. Nothing here knows Beam, files or the database.
 */
package dev.midstream.analysis;
