/**
 * Objects in S3, Google Cloud Storage and Azure Blob Storage: listed in parts, and fetched whole,
 * many at a time. The clients are made from the options of Beam's file systems; {@link
 * dev.midstream.buckets.BucketFileSystem} is the door for Beam, {@link
 * dev.midstream.buckets.RemoteReader} for bytes.
 */
package dev.midstream.buckets;
