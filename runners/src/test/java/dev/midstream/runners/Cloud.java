package dev.midstream.runners;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;

/** The clouds whose protocols a test speaks; {@code -Dmidstream.clouds} names some of them. */
enum Cloud {
  S3,
  AZURE,
  GCS;

  /** Whether it is not left out, and there is a server for it. */
  boolean isHere() {
    return System.getProperty("midstream.clouds", "S3,AZURE,GCS").contains(name())
        && (this != AZURE || AzureServer.isInstalled());
  }

  /** A new bucket. */
  ObjectServer start(Stores stores) throws IOException, InterruptedException {
    assumeTrue(isHere(), "left out, or not installed: npm ci in its folder brings Azurite");
    switch (this) {
      case S3:
        return new S3Server(stores.of(this, S3Server::start).address());
      case AZURE:
        return new AzureServer(stores.of(this, AzureServer::start).address());
      default:
        return GcsServer.start();
    }
  }
}
