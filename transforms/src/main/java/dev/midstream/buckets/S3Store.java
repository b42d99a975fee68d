package dev.midstream.buckets;

import dev.midstream.buckets.StoreException.Kind;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.retry.RetryPolicy;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** S3 and what speaks its protocol, by a client that Beam's {@code S3Options} make. */
final class S3Store implements ObjectStore {
  private final S3Client client;
  private final String endpoint;
  private final @Nullable String customerKey;
  private final @Nullable String customerAlgorithm;

  S3Store(PipelineOptions options) {
    S3Options s3 = options.as(S3Options.class);
    URI given = s3.getEndpoint();
    S3ClientBuilder builder = BucketOptions.s3(s3);
    if (s3.getAwsRegion() == null) {
      if (given == null) {
        throw new IllegalArgumentException("no AWS region: name it by --awsRegion or AWS_REGION");
      }
      // Part of every signature, and of no meaning to a store of one's own.
      builder.region(Region.US_EAST_1);
    }
    builder.overrideConfiguration(
        builder.overrideConfiguration().toBuilder().retryPolicy(RetryPolicy.none()).build());
    if (s3.getHttpClientConfiguration() == null && s3.getProxyConfiguration() == null) {
      builder.httpClientBuilder(
          ApacheHttpClient.builder()
              .maxConnections(ObjectStores.MOST_CONNECTIONS)
              .connectionTimeout(ObjectStores.CONNECT_TIMEOUT)
              .socketTimeout(ObjectStores.READ_TIMEOUT));
    }
    // The host names of stores of one's own seldom have one for each bucket.
    builder.forcePathStyle(given != null);
    customerKey = s3.getSSECustomerKey().getKey();
    customerAlgorithm = s3.getSSECustomerKey().getAlgorithm();
    client = builder.build();
    endpoint = given == null ? "Amazon S3, region " + s3.getAwsRegion() : given.toString();
  }

  @Override
  public Page list(String bucket, String prefix, boolean byFolder, @Nullable String page)
      throws StoreException {
    try {
      ListObjectsV2Response answer =
          client.listObjectsV2(
              request ->
                  request
                      .bucket(bucket)
                      .prefix(prefix)
                      .delimiter(byFolder ? DELIMITER : null)
                      .continuationToken(page));
      List<Entry> objects =
          answer.contents().stream()
              .map(o -> new Entry(o.key(), o.size(), millis(o.lastModified())))
              .toList();
      List<String> folders = answer.commonPrefixes().stream().map(p -> p.prefix()).toList();
      boolean hasMore = Boolean.TRUE.equals(answer.isTruncated());
      return new Page(objects, folders, hasMore ? answer.nextContinuationToken() : null);
    } catch (RuntimeException e) {
      throw failure(e, bucket);
    }
  }

  @Override
  public ObjectChannel open(String bucket, String key) throws StoreException {
    try {
      ResponseInputStream<GetObjectResponse> stream =
          client.getObject(
              request ->
                  request
                      .bucket(bucket)
                      .key(key)
                      .sseCustomerKey(customerKey)
                      .sseCustomerAlgorithm(customerAlgorithm));
      GetObjectResponse answer = stream.response();
      long length = answer.contentLength() == null ? ObjectChannel.UNKNOWN : answer.contentLength();
      return new ObjectChannel(stream, stream::abort, length, millis(answer.lastModified()));
    } catch (RuntimeException e) {
      throw failure(e, bucket);
    }
  }

  private static long millis(@Nullable Instant instant) {
    return instant == null ? ObjectChannel.UNKNOWN : instant.toEpochMilli();
  }

  private StoreException failure(RuntimeException e, String bucket) {
    if (e instanceof S3Exception) {
      S3Exception answer = (S3Exception) e;
      String code =
          answer.awsErrorDetails() == null
              ? ""
              : String.valueOf(answer.awsErrorDetails().errorCode());
      return new StoreException(kindOf(code, answer.statusCode()), line(code, answer, bucket), e);
    }
    String message = String.valueOf(e.getMessage());
    if (e instanceof SdkClientException && message.contains("credentials")) {
      return new StoreException(Kind.WHO_ARE_YOU, "no AWS credentials found", e);
    }
    if (e instanceof AbortedException || e.getCause() instanceof InterruptedIOException) {
      return new StoreException(Kind.FAILED, "no answer in time", e);
    }
    return new StoreException(Kind.FAILED, message, e);
  }

  private String line(String code, S3Exception answer, String bucket) {
    return "s3://%s at %s answers %d%s"
        .formatted(bucket, endpoint, answer.statusCode(), code.isEmpty() ? "" : " " + code);
  }

  private static Kind kindOf(String code, int status) {
    switch (code) {
      case "NoSuchBucket":
      case "PermanentRedirect":
        return Kind.NO_BUCKET;
      case "InvalidAccessKeyId":
      case "SignatureDoesNotMatch":
      case "ExpiredToken":
      case "InvalidToken":
      case "RequestTimeTooSkewed":
        return Kind.WHO_ARE_YOU;
      case "SlowDown":
      case "TooManyRequests":
        return Kind.THROTTLED;
      case "RequestTimeout":
        return Kind.FAILED;
      default:
        boolean isThrottle = code.toLowerCase(Locale.ROOT).contains("throttl");
        return isThrottle ? Kind.THROTTLED : StoreException.kindOf(status);
    }
  }

  @Override
  public String endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    client.close();
  }
}
