package dev.midstream.runners;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;

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

  ObjectServer start(Path folder) throws IOException, InterruptedException {
    assumeTrue(isHere(), "left out, or not installed: npm ci in its folder brings Azurite");
    switch (this) {
      case S3:
        return S3Server.start(folder);
      case AZURE:
        return AzureServer.start(folder);
      default:
        return GcsServer.start();
    }
  }
}
