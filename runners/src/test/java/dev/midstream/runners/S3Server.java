package dev.midstream.runners;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** S3Proxy over a folder: another implementation of the S3 protocol, signatures and all. */
final class S3Server implements ObjectServer {
  static final String USER = "midstream-test";
  static final String SECRET = "Sk-4d1-not-to-be-told";

  private static final Path JAR = Path.of(System.getProperty("midstream.s3proxy"));

  private final URI address;
  private final String bucket = ObjectServer.newBucket();
  private final S3Client client;

  /** A new bucket of the server that listens at {@code address}. */
  S3Server(URI address) {
    this.address = address;
    this.client =
        S3Client.builder()
            .endpointOverride(address)
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(USER, SECRET)))
            .build();
    client.createBucket(request -> request.bucket(bucket));
  }

  /** Starts a server that keeps its objects and its log in {@code folder}. */
  static ServerProcess start(Path folder) throws IOException, InterruptedException {
    int port = ServerProcess.freePort();
    URI address = URI.create("http://127.0.0.1:" + port);
    Path objects = Files.createDirectories(folder.resolve("objects"));
    Path configuration =
        Files.writeString(
            folder.resolve("s3proxy.conf"),
            """
            s3proxy.endpoint=%s
            s3proxy.authorization=aws-v2-or-v4
            s3proxy.identity=%s
            s3proxy.credential=%s
            jclouds.provider=filesystem-nio2
            jclouds.filesystem.basedir=%s
            """
                .formatted(address, USER, SECRET, objects));
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            System.getProperty("midstream.test.compilers"),
            "-DLOG_LEVEL=warn",
            "-jar",
            JAR.toString(),
            "--properties",
            configuration.toString());
    return ServerProcess.start(folder.resolve("s3proxy.log"), port, command);
  }

  @Override
  public URI address() {
    return address;
  }

  @Override
  public String root() {
    return "s3://" + bucket + "/";
  }

  /** The credentials come by the standard chain, which begins with system properties. */
  @Override
  public List<String> options(URI at) {
    System.setProperty("aws.accessKeyId", USER);
    System.setProperty("aws.secretAccessKey", SECRET);
    return List.of("--awsRegion=us-east-1", "--endpoint=" + at);
  }

  @Override
  public Map<String, String> environment() {
    return Map.of("AWS_ACCESS_KEY_ID", USER, "AWS_SECRET_ACCESS_KEY", SECRET);
  }

  @Override
  public void put(String key, byte[] content) {
    client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(content));
  }

  @Override
  public void delete(String key) {
    client.deleteObject(request -> request.bucket(bucket).key(key));
  }

  @Override
  public void close() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    client.close();
  }
}
