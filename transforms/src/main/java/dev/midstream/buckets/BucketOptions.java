package dev.midstream.buckets;

import com.azure.storage.blob.BlobServiceClientBuilder;
import org.apache.beam.sdk.io.aws2.options.S3ClientBuilderFactory;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import org.apache.beam.sdk.io.aws2.s3.DefaultS3ClientBuilderFactory;
import org.apache.beam.sdk.io.azure.blobstore.DefaultBlobstoreClientBuilderFactory;
import org.apache.beam.sdk.io.azure.options.BlobstoreClientBuilderFactory;
import org.apache.beam.sdk.io.azure.options.BlobstoreOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.util.InstanceBuilder;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Beam's options for stores. Beam's own file systems are made in every JVM that runs a pipeline,
 * whatever it reads, and look for a region and for credentials at once: two seconds, and more where
 * no cloud is near. They are given factories that do nothing; ours asks the true ones when a bucket
 * is named.
 */
public final class BucketOptions {
  private BucketOptions() {}

  /** Makes Beam's own file systems look for nothing, unless the user brings a factory. */
  public static void defer(PipelineOptions options) {
    S3Options s3 = options.as(S3Options.class);
    if (s3.getS3ClientFactoryClass() == DefaultS3ClientBuilderFactory.class) {
      s3.setS3ClientFactoryClass(DeferredS3.class);
    }
    BlobstoreOptions azure = options.as(BlobstoreOptions.class);
    if (azure.getBlobstoreClientFactoryClass() == DefaultBlobstoreClientBuilderFactory.class) {
      azure.setBlobstoreClientFactoryClass(DeferredBlobs.class);
    }
  }

  /** A client for S3 as the options say. */
  static S3ClientBuilder s3(S3Options options) {
    Class<? extends S3ClientBuilderFactory> factory = options.getS3ClientFactoryClass();
    return InstanceBuilder.ofType(S3ClientBuilderFactory.class)
        .fromClass(factory == DeferredS3.class ? DefaultS3ClientBuilderFactory.class : factory)
        .build()
        .createBuilder(options);
  }

  /** A client for Azure as the options say. */
  static BlobServiceClientBuilder blobs(BlobstoreOptions options) {
    Class<? extends BlobstoreClientBuilderFactory> factory =
        options.getBlobstoreClientFactoryClass();
    return InstanceBuilder.ofType(BlobstoreClientBuilderFactory.class)
        .fromClass(
            factory == DeferredBlobs.class ? DefaultBlobstoreClientBuilderFactory.class : factory)
        .build()
        .createBuilder(options);
  }

  /** Makes no client for S3. */
  public static final class DeferredS3 implements S3ClientBuilderFactory {
    @Override
    public S3ClientBuilder createBuilder(S3Options options) {
      return S3Client.builder();
    }
  }

  /** Makes no client for Azure. */
  public static final class DeferredBlobs implements BlobstoreClientBuilderFactory {
    @Override
    public BlobServiceClientBuilder createBuilder(BlobstoreOptions options) {
      return new BlobServiceClientBuilder();
    }
  }
}
