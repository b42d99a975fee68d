package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Buckets that cannot be read are told of in one line, before any work and soon. */
@ExtendWith(SharedStores.class)
@Timeout(300)
class WrongBucketTest {
  private static final String WRONG = "c2VjcmV0LW5vdC10by1iZS10b2xk";
  private static final long SOON_NANOS = 60_000_000_000L;

  /** No database is named that could be reached: it is not asked. */
  private static void assertRefused(String input, List<String> options, String... parts) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("--input=" + input, "--jdbcUrl=jdbc:postgresql://127.0.0.1:1/none"));
    long begun = System.nanoTime();
    Command command = Command.run(all.toArray(String[]::new));
    assertThat(command.err(), command.status(), is(2));
    assertThat(System.nanoTime() - begun, is(lessThan(SOON_NANOS)));
    assertThat(command.complaints(), contains(containsString("--input=" + input)));
    for (String part : parts) {
      assertThat(command.complaints(), contains(containsString(part)));
    }
    String told = command.out() + command.err();
    for (String secret : List.of(WRONG, S3Server.SECRET)) {
      assertThat(told, not(containsString(secret)));
    }
    assertThat(command.err(), not(containsString("\tat ")));
    assertThat(command.out(), is(""));
  }

  @ParameterizedTest
  @EnumSource(Cloud.class)
  void aBucketThatIsNotThere(Cloud cloud, Stores stores) throws Exception {
    try (ObjectServer server = cloud.start(stores)) {
      String input = server.root().replace("music", "nomusic");
      assertRefused(input, server.options(server.address()), " 404", "there is no such bucket");
    }
  }

  @ParameterizedTest
  @EnumSource(Cloud.class)
  void aBucketWithoutMusic(Cloud cloud, Stores stores) throws Exception {
    try (ObjectServer server = cloud.start(stores)) {
      server.put("readme.txt", new byte[] {1});
      List<String> options = server.options(server.address());
      assertRefused(server.root(), options, "matches no MIDI file");
      assertRefused(server.root() + "*/x.mid", options, "matches no MIDI file");
      assertRefused(server.root() + "gone.mid", options, "matches no MIDI file");
    }
  }

  @ParameterizedTest
  @EnumSource(Cloud.class)
  void nobodyAtTheAddress(Cloud cloud, Stores stores) throws Exception {
    URI nobody = URI.create("http://127.0.0.1:" + ServerProcess.freePort());
    try (ObjectServer server = cloud.start(stores)) {
      assertRefused(
          server.root(), server.options(nobody), "cannot reach", nobody.toString(), "network");
    }
  }

  @Test
  void wrongSecretOfS3(Stores stores) throws Exception {
    try (ObjectServer server = Cloud.S3.start(stores)) {
      List<String> options = server.options(server.address());
      System.setProperty("aws.secretAccessKey", WRONG);
      assertRefused(server.root(), options, "403 SignatureDoesNotMatch", "AWS_ACCESS_KEY_ID");
      System.setProperty("aws.accessKeyId", "nobody");
      assertRefused(server.root(), options, "403 InvalidAccessKeyId", "AWS_ACCESS_KEY_ID");
    }
  }

  @Test
  void wrongKeyOfAzure(Stores stores) throws Exception {
    try (ObjectServer server = Cloud.AZURE.start(stores)) {
      List<String> options = server.options(server.address());
      System.setProperty(
          "AZURE_STORAGE_CONNECTION_STRING", AzureServer.connection(server.address(), WRONG));
      assertRefused(server.root(), options, " 403", "AZURE_STORAGE_CONNECTION_STRING");
    }
  }

  @Test
  void wrongTokenOfGoogle() throws Exception {
    try (GcsServer server = GcsServer.start()) {
      server.refuseAll();
      assertRefused(
          server.root(),
          server.options(server.address()),
          " 401",
          "GOOGLE_APPLICATION_CREDENTIALS");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--accessKey=" + WRONG,
        "--sasToken=" + WRONG,
        "--azureConnectionString=AccountKey=" + WRONG,
        "--awsCredentialsProvider={\"@type\":\"StaticCredentialsProvider\",\"accessKeyId\":\"a\","
            + "\"secretAccessKey\":\""
            + WRONG
            + "\"}",
      })
  void aSecretAmongTheOptions(String option) {
    Command command = Command.run("--input=s3://music/", option);
    assertThat(command.status(), is(2));
    String name = option.substring(0, option.indexOf('='));
    assertThat(command.complaints(), contains(containsString(name + " would show a secret")));
    assertThat(command.err(), not(containsString(WRONG)));
  }
}
