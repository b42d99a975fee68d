package dev.midstream.runners;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import dev.midstream.pipeline.MidstreamOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.TaskManagerOptions;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What stands in the folder {@code deploy} fits together, and is what is tested on a cluster. */
class DeploymentTest {
  private static final Path DEPLOY = Testdata.FOLDER.resolveSibling("deploy");

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object yaml, String... path) {
    Object at = yaml;
    for (String name : path) {
      at = at instanceof List ? ((List<?>) at).get(0) : at;
      at = ((Map<String, Object>) at).get(name);
    }
    return (Map<String, Object>) (at instanceof List ? ((List<?>) at).get(0) : at);
  }

  private static List<Object> documents() throws IOException {
    List<Object> documents = new ArrayList<>();
    new Load(LoadSettings.builder().build())
        .loadAllFromString(Files.readString(DEPLOY.resolve("flink-cluster.yaml")))
        .forEach(documents::add);
    return documents;
  }

  @Test
  void theClusterIsOneThatFlinkUnderstands() throws Exception {
    Map<String, Object> cluster = map(documents().get(0));
    assertThat(cluster.get("kind"), is("FlinkDeployment"));
    Map<String, Object> spec = map(cluster, "spec");
    assertThat(spec.get("flinkVersion"), is("v1_19"));
    Configuration flink = new Configuration();
    map(spec, "flinkConfiguration").forEach((key, value) -> flink.setString(key, (String) value));
    assertThat(flink.get(TaskManagerOptions.NUM_TASK_SLOTS), is(2));
    assertThat(
        flink.get(ConfigOptions.key("env.java.opts.taskmanager").stringType().noDefaultValue()),
        is("--add-modules=jdk.incubator.vector"));
    assertThat(
        flink.get(
            ConfigOptions.key("metrics.reporter.prom.factory.class").stringType().noDefaultValue()),
        is("org.apache.flink.metrics.prometheus.PrometheusReporterFactory"));
  }

  /** The schema that the operator gives to Kubernetes, which would drop what it does not name. */
  @Test
  void theClusterIsOneThatTheOperatorUnderstands() throws Exception {
    Object schema;
    try (InputStream crd =
        getClass()
            .getResourceAsStream("/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml")) {
      schema =
          map(
              new Load(LoadSettings.builder().build()).loadFromInputStream(crd),
              "spec",
              "versions",
              "schema",
              "openAPIV3Schema",
              "properties",
              "spec");
    }
    List<String> problems = new ArrayList<>();
    check("spec", map(documents().get(0), "spec"), map(schema), problems);
    assertThat(problems, is(empty()));
    check("spec", Map.of("flinkVersion", "v0", "jobs", 1), map(schema), problems);
    assertThat(problems, containsInAnyOrder("spec.flinkVersion: v0", "spec.jobs: unknown"));
  }

  private static void check(
      String path, Object value, Map<String, Object> schema, List<String> problems) {
    if (schema.containsKey("x-kubernetes-int-or-string")) {
      return;
    }
    boolean fits =
        switch (String.valueOf(schema.get("type"))) {
          case "object" -> value instanceof Map;
          case "array" -> value instanceof List;
          case "string" -> value instanceof String;
          case "boolean" -> value instanceof Boolean;
          case "integer" -> value instanceof Integer;
          case "number" -> value instanceof Number;
          default -> false;
        };
    if (!fits || (schema.containsKey("enum") && !((List<?>) schema.get("enum")).contains(value))) {
      problems.add(path + ": " + value);
    } else if (value instanceof List) {
      for (Object item : (List<?>) value) {
        check(path, item, map(schema, "items"), problems);
      }
    } else if (value instanceof Map) {
      map(value)
          .forEach(
              (name, part) -> {
                Object known =
                    schema.containsKey("properties")
                        ? map(schema, "properties").get(name)
                        : schema.get("additionalProperties");
                if (known == null) {
                  problems.add(path + "." + name + ": unknown");
                } else {
                  check(path + "." + name, part, map(known), problems);
                }
              });
    }
  }

  @Test
  void theRunIsOneThatOurCommandUnderstands() throws Exception {
    List<Object> documents = documents();
    Map<String, Object> container =
        map(documents.get(1), "spec", "jobTemplate", "spec", "template", "spec", "containers");
    @SuppressWarnings("unchecked")
    List<String> command = (List<String>) container.get("command");
    String name = (String) map(documents.get(0), "metadata").get("name");
    assertThat(command, hasItems("run", "-m", name + "-rest:8081", "--runner=FlinkRunner"));
    String jar = command.stream().filter(word -> word.endsWith(".jar")).findFirst().orElseThrow();
    assertThat(Files.readString(DEPLOY.resolve("Dockerfile")), containsString(" " + jar));
    assertThat(container.get("image"), is(map(documents.get(0), "spec").get("image")));

    List<String> options = command.subList(command.indexOf(jar) + 1, command.size());
    MidstreamOptions parsed = CommandLine.parse(options).options();
    assertThat(parsed.getJdbcUrl(), startsWith("jdbc:postgresql:"));
    Object mounted = map(container, "volumeMounts").get("mountPath");
    assertThat(parsed.getInput(), is(mounted));
    assertThat(
        map(documents.get(0), "spec", "podTemplate", "spec", "containers", "volumeMounts")
            .get("mountPath"),
        is(mounted));
  }

  @Test
  void theServiceStartsWhatOurCommandUnderstands() throws Exception {
    String start =
        Files.readAllLines(DEPLOY.resolve("midstream.service")).stream()
            .filter(line -> line.startsWith("ExecStart="))
            .findFirst()
            .orElseThrow();
    List<String> words = List.of(start.split(" ", -1));
    int jar = words.indexOf("/opt/midstream/midstream-bundled.jar");
    assertThat(words.get(jar - 1), is("-jar"));
    CommandLine.parse(words.subList(jar + 1, words.size()));
  }
}
