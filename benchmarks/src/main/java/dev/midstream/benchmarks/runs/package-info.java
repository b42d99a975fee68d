/**
 * How fast whole runs are: the command from files to rows, against reading alone, and with each of
 * its techniques left out.
 */
package dev.midstream.benchmarks.runs;
