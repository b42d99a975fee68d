/**
 * The graph and its options: {@link dev.midstream.pipeline.MidstreamPipeline} composes, and does
 * nothing else.
 */
package dev.midstream.pipeline;
