package dev.midstream.buckets;

import com.azure.core.exception.AzureException;
import com.azure.core.http.rest.PagedIterable;
import com.azure.core.http.rest.PagedResponse;
import com.azure.core.util.HttpClientOptions;
import com.azure.storage.blob.BlobServiceAsyncClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobDownloadAsyncResponse;
import com.azure.storage.blob.models.BlobDownloadHeaders;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.DownloadRetryOptions;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import dev.midstream.buckets.StoreException.Kind;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.beam.sdk.io.azure.options.BlobstoreOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.HttpResources;

/** Azure Blob Storage, by clients that Beam's {@code BlobstoreOptions} make. */
final class AzureStore implements ObjectStore {
  /** Where Azure's own tools look for an account, its address and its key. */
  static final String CONNECTION_STRING = "AZURE_STORAGE_CONNECTION_STRING";

  private final BlobServiceClient client;
  private final BlobServiceAsyncClient streams;

  /**
   * @param account the account that is meant where no option and no variable says where it is
   */
  AzureStore(PipelineOptions options, String account) {
    BlobstoreOptions blobs = options.as(BlobstoreOptions.class);
    String connection = System.getProperty(CONNECTION_STRING, System.getenv(CONNECTION_STRING));
    // The key that it holds, and no token beside it; otherwise what the options say.
    BlobServiceClientBuilder builder =
        connection == null
            ? BucketOptions.blobs(blobs)
            : new BlobServiceClientBuilder().connectionString(connection);
    if (blobs.getBlobServiceEndpoint() != null) {
      builder.endpoint(blobs.getBlobServiceEndpoint());
    } else if (connection == null) {
      builder.endpoint("https://" + account + ".blob.core.windows.net");
    }
    builder
        .retryOptions(
            new RequestRetryOptions(
                RetryPolicyType.FIXED, 1, ObjectStores.READ_TIMEOUT, null, null, null))
        .clientOptions(
            new HttpClientOptions()
                .setConnectTimeout(ObjectStores.CONNECT_TIMEOUT)
                .setResponseTimeout(ObjectStores.READ_TIMEOUT)
                .setReadTimeout(ObjectStores.READ_TIMEOUT)
                .setMaximumConnectionPoolSize(ObjectStores.MOST_CONNECTIONS));
    client = builder.buildClient();
    streams = builder.buildAsyncClient();
  }

  private static String containerOf(String bucket) {
    return bucket.substring(bucket.indexOf('/') + 1);
  }

  @Override
  public Page list(String bucket, String prefix, boolean byFolder, @Nullable String page)
      throws StoreException {
    try {
      var container = client.getBlobContainerClient(containerOf(bucket));
      ListBlobsOptions asked = new ListBlobsOptions().setPrefix(prefix);
      PagedIterable<BlobItem> pages =
          byFolder
              ? container.listBlobsByHierarchy(DELIMITER, asked, ObjectStores.READ_TIMEOUT)
              : container.listBlobs(asked, ObjectStores.READ_TIMEOUT);
      Iterator<PagedResponse<BlobItem>> iterator =
          (page == null ? pages.iterableByPage() : pages.iterableByPage(page)).iterator();
      if (!iterator.hasNext()) {
        return new Page(List.of(), List.of(), null);
      }
      PagedResponse<BlobItem> answer = iterator.next();
      List<Entry> objects = new ArrayList<>();
      List<String> folders = new ArrayList<>();
      for (BlobItem item : answer.getValue()) {
        if (Boolean.TRUE.equals(item.isPrefix())) {
          folders.add(item.getName());
        } else {
          objects.add(
              new Entry(
                  item.getName(),
                  item.getProperties().getContentLength(),
                  millis(item.getProperties().getLastModified())));
        }
      }
      return new Page(objects, folders, answer.getContinuationToken());
    } catch (RuntimeException e) {
      throw failure(e, bucket);
    }
  }

  @Override
  public ObjectChannel open(String bucket, String key) throws StoreException {
    try {
      BlobDownloadAsyncResponse answer =
          streams
              .getBlobContainerAsyncClient(containerOf(bucket))
              .getBlobAsyncClient(key)
              .downloadStreamWithResponse(
                  null, new DownloadRetryOptions().setMaxRetryRequests(0), null, false)
              .block(ObjectStores.READ_TIMEOUT.plus(ObjectStores.CONNECT_TIMEOUT));
      BlobDownloadHeaders headers = answer.getDeserializedHeaders();
      FluxStream stream = new FluxStream(answer.getValue(), ObjectStores.READ_TIMEOUT);
      Long length = headers.getContentLength();
      return new ObjectChannel(
          stream,
          stream::close,
          length == null ? ObjectChannel.UNKNOWN : length,
          millis(headers.getLastModified()));
    } catch (RuntimeException e) {
      throw failure(e, bucket);
    }
  }

  private static long millis(@Nullable OffsetDateTime time) {
    return time == null ? ObjectChannel.UNKNOWN : time.toInstant().toEpochMilli();
  }

  private StoreException failure(RuntimeException e, String bucket) {
    if (e instanceof BlobStorageException) {
      BlobStorageException answer = (BlobStorageException) e;
      String code = answer.getErrorCode() == null ? "" : " " + answer.getErrorCode();
      return new StoreException(
          kindOf(code.strip(), answer.getStatusCode()),
          "azfs://%s at %s answers %d%s"
              .formatted(bucket, endpoint(), answer.getStatusCode(), code),
          e);
    }
    Throwable cause = e;
    while (cause.getCause() != null
        && (cause.getMessage() == null || !(cause instanceof AzureException))) {
      cause = cause.getCause();
    }
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    boolean isCredential =
        e.getClass().getSimpleName().startsWith("Credential")
            || e.getClass().getSimpleName().startsWith("ClientAuthentication")
            || message.contains("HTTPS protocol scheme");
    return new StoreException(isCredential ? Kind.WHO_ARE_YOU : Kind.FAILED, message, e);
  }

  private static Kind kindOf(String code, int status) {
    switch (code) {
      case "ContainerNotFound":
      case "ContainerBeingDeleted":
      case "ContainerDisabled":
      case "AccountIsDisabled":
        return Kind.NO_BUCKET;
      case "AuthenticationFailed":
      case "InvalidAuthenticationInfo":
      case "NoAuthenticationInformation":
        return Kind.WHO_ARE_YOU;
      case "ServerBusy":
        return Kind.THROTTLED;
      case "OperationTimedOut":
      case "InternalError":
        return Kind.FAILED;
      default:
        return StoreException.kindOf(status);
    }
  }

  @Override
  public String endpoint() {
    return client.getAccountUrl();
  }

  /**
   * Its threads are those of the library below, one set for all clients, which has no end of its
   * own; they are ended with the class loader of a job, and with the JVM where there is none.
   */
  @Override
  public void close() {
    if (AzureStore.class.getClassLoader() != ClassLoader.getSystemClassLoader()) {
      HttpResources.disposeLoopsAndConnections();
      Schedulers.shutdownNow();
    }
  }
}
