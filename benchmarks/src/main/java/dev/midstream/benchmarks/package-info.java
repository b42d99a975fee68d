/** What is measured, and the commands that measure it: one class with a {@code main} each. */
package dev.midstream.benchmarks;
