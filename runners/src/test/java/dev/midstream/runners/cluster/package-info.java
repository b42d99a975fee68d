/** A real Flink session cluster for tests: separate JVMs on loopback, with Flink's own flags. */
package dev.midstream.runners.cluster;
