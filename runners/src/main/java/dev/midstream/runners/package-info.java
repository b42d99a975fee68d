/**
 * How Midstream starts: the command line, the embedded PostgreSQL, the progress line and the
 * summary. {@link dev.midstream.runners.Main} is the command.
 */
package dev.midstream.runners;
