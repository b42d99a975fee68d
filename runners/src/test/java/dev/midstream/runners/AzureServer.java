package dev.midstream.runners;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Azurite, Microsoft's own emulator of Azure Blob Storage, from npm; and its well-known account.
 */
final class AzureServer implements ObjectServer {
  private static final String ACCOUNT = "devstoreaccount1";
  private static final String KEY =
      "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
  private static final String VARIABLE = "AZURE_STORAGE_CONNECTION_STRING";
  private static final Path PROGRAM =
      Path.of(System.getProperty("midstream.npm"), "node_modules", ".bin", "azurite-blob");

  private final URI address;
  private final String bucket = ObjectServer.newBucket();
  private final BlobContainerClient container;

  /** A new container of the server that listens at {@code address}. */
  AzureServer(URI address) {
    this.address = address;
    this.container =
        new BlobServiceClientBuilder()
            .connectionString(connection(address))
            .buildClient()
            .createBlobContainerIfNotExists(bucket);
  }

  /** Whether {@code npm ci} has brought it. */
  static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  /** Starts a server that keeps its objects and its log in {@code folder}. */
  static ServerProcess start(Path folder) throws IOException, InterruptedException {
    int port = ServerProcess.freePort();
    List<String> command =
        List.of(
            PROGRAM.toString(),
            "--blobHost=127.0.0.1",
            "--blobPort=" + port,
            "--location=" + folder,
            "--silent",
            "--skipApiVersionCheck",
            "--disableTelemetry");
    return ServerProcess.start(folder.resolve("azurite.log"), port, command);
  }

  static String connection(URI at) {
    return connection(at, KEY);
  }

  static String connection(URI at, String key) {
    return "DefaultEndpointsProtocol=http;AccountName=%s;AccountKey=%s;BlobEndpoint=%s/%s;"
        .formatted(ACCOUNT, key, at, ACCOUNT);
  }

  @Override
  public URI address() {
    return address;
  }

  @Override
  public String root() {
    return "azfs://" + ACCOUNT + "/" + bucket + "/";
  }

  /** The SDK looks at system properties before the environment. */
  @Override
  public List<String> options(URI at) {
    System.setProperty(VARIABLE, connection(at));
    return List.of();
  }

  @Override
  public Map<String, String> environment() {
    return Map.of(VARIABLE, connection(address));
  }

  @Override
  public void put(String key, byte[] content) {
    container.getBlobClient(key).upload(BinaryData.fromBytes(content), true);
  }

  @Override
  public void delete(String key) {
    container.getBlobClient(key).delete();
  }

  @Override
  public void close() {
    System.clearProperty(VARIABLE);
  }
}
