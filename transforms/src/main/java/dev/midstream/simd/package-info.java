/**
 * Kernels over arrays, each with a vector and a scalar twin behind one interface, chosen once by
 * {@link dev.midstream.simd.Kernels}. The only home of {@code jdk.incubator.vector}, whose types
 * never leave it.
 */
package dev.midstream.simd;
