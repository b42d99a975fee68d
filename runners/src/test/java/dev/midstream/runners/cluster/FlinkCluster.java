package dev.midstream.runners.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A session cluster: a JobManager and TaskManagers, each a JVM of its own, configured as the
 * distribution comes, but on free ports of loopback. For one test thread.
 */
public final class FlinkCluster implements AutoCloseable {
  private static final long START_SECONDS = 120;
  private static final int REPORTERS = 10;
  private static final Pattern SAMPLE =
      Pattern.compile("flink_taskmanager_job_task_operator_midstream_(\\w+)\\{.*} ([0-9.Ee+-]+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FlinkHome home;
  private final int restPort;
  private final int firstReporter;
  private final List<FlinkProcess> taskManagers = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private FlinkProcess jobManager;
  private int started;

  private FlinkCluster(FlinkHome home, int restPort, int firstReporter) {
    this.home = home;
    this.restPort = restPort;
    this.firstReporter = firstReporter;
  }

  /** What a cluster is to be like; stock if nothing is said. */
  public static final class Builder {
    private final Path folder;
    private final Map<String, String> configuration = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private int taskManagers = 2;
    private int firstReporter;

    private Builder(Path folder) {
      this.folder = folder;
    }

    /** How many TaskManagers are started; two if not said. */
    public Builder taskManagers(int number) {
      taskManagers = number;
      return this;
    }

    /** An entry of Flink's configuration. */
    public Builder with(String key, String value) {
      configuration.put(key, value);
      return this;
    }

    /** With the reporter for Prometheus, as its page tells: one port of a range for each JVM. */
    public Builder withPrometheus() throws IOException {
      firstReporter = freePort();
      configuration.put(
          "metrics.reporter.prom.factory.class",
          "org.apache.flink.metrics.prometheus.PrometheusReporterFactory");
      configuration.put(
          "metrics.reporter.prom.port", firstReporter + "-" + (firstReporter + REPORTERS - 1));
      return this;
    }

    /** An environment variable of all JVMs of the cluster. */
    public Builder environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    /** Starts it, and waits until all slots are there. */
    public FlinkCluster start() throws IOException, InterruptedException {
      int restPort = freePort();
      Map<String, String> stock = new LinkedHashMap<>();
      stock.put("jobmanager.bind-host", "localhost");
      stock.put("jobmanager.rpc.address", "localhost");
      stock.put("jobmanager.rpc.port", String.valueOf(freePort()));
      stock.put("jobmanager.memory.process.size", "1600m");
      stock.put("jobmanager.execution.failover-strategy", "region");
      stock.put("taskmanager.bind-host", "localhost");
      stock.put("taskmanager.host", "localhost");
      stock.put("taskmanager.numberOfTaskSlots", "1");
      stock.put("taskmanager.memory.process.size", "1728m");
      stock.put("parallelism.default", "1");
      stock.put("rest.address", "localhost");
      stock.put("rest.bind-address", "localhost");
      stock.put("rest.port", String.valueOf(restPort));
      stock.put("io.tmp.dirs", folder.toString());
      stock.putAll(configuration);
      // As for every JVM that tests start.
      environment.put("JAVA_TOOL_OPTIONS", System.getProperty("midstream.test.compilers"));
      FlinkCluster cluster =
          new FlinkCluster(new FlinkHome(folder, stock, environment), restPort, firstReporter);
      try {
        cluster.startJobManager();
        for (int i = 0; i < taskManagers; i++) {
          cluster.startTaskManager();
        }
        cluster.awaitTaskManagers(taskManagers);
        return cluster;
      } catch (IOException | InterruptedException | RuntimeException | Error e) {
        cluster.close();
        throw e;
      }
    }
  }

  /** A cluster whose configuration and logs are in {@code folder}. */
  public static Builder in(Path folder) {
    return new Builder(folder);
  }

  /** A port that is free now. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Starts the JobManager, again after it was killed, and waits until it answers. */
  public void startJobManager() throws IOException, InterruptedException {
    jobManager =
        home.startDaemon(
            "jobmanager" + started++,
            "jobmanager",
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint");
    awaitTaskManagers(0);
  }

  /** Starts one more TaskManager, whose JVM gets {@code flags} besides those of Flink. */
  public FlinkProcess startTaskManager(String... flags) throws IOException, InterruptedException {
    FlinkProcess taskManager =
        home.startDaemon(
            "taskmanager" + started++,
            "taskmanager",
            "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
            flags);
    taskManagers.add(taskManager);
    return taskManager;
  }

  /** Waits until that many TaskManagers, or more, have told the JobManager of their slots. */
  public void awaitTaskManagers(int number) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (true) {
      try {
        JsonNode overview = rest("/overview");
        if (overview.get("taskmanagers").asInt() >= number) {
          return;
        }
      } catch (IOException notYet) {
        // It starts.
      }
      if (System.nanoTime() > deadline || !jobManager.isAlive()) {
        throw new IllegalStateException("the cluster does not start: " + jobManager.log());
      }
      Thread.sleep(100);
    }
  }

  /** The JobManager. */
  public FlinkProcess jobManager() {
    return jobManager;
  }

  /** The TaskManagers, in the order in which they were started, dead ones included. */
  public List<FlinkProcess> taskManagers() {
    return taskManagers;
  }

  /** Where {@code --flinkMaster} finds it. */
  public String master() {
    return "localhost:" + restPort;
  }

  /** What Flink's REST interface answers. */
  public JsonNode rest(String path) throws IOException, InterruptedException {
    return JSON.readTree(get("http://localhost:" + restPort + path));
  }

  /**
   * The metrics of a namespace of Beam's, summed over the subtasks of all running jobs, as Flink's
   * REST interface tells them.
   */
  public Map<String, Double> metrics(String namespace) throws IOException, InterruptedException {
    Map<String, Double> sums = new TreeMap<>();
    for (JsonNode job : rest("/jobs").get("jobs")) {
      if (!job.get("status").asText().equals("RUNNING")) {
        continue;
      }
      String path = "/jobs/" + job.get("id").asText();
      for (JsonNode vertex : rest(path).get("vertices")) {
        String metrics = path + "/vertices/" + vertex.get("id").asText() + "/subtasks/metrics";
        List<String> names = new ArrayList<>();
        rest(metrics).forEach(metric -> names.add(metric.get("id").asText()));
        names.removeIf(name -> !name.contains("." + namespace + "_"));
        for (String name : names) {
          String query =
              metrics + "?agg=sum&get=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
          for (JsonNode metric : rest(query)) {
            sums.merge(
                name.substring(name.lastIndexOf(namespace) + namespace.length() + 1),
                metric.get("sum").asDouble(),
                Double::sum);
          }
        }
      }
    }
    return sums;
  }

  /** The metrics of the namespace midstream that the reporters offer to Prometheus, summed. */
  public Map<String, Double> prometheus() throws InterruptedException {
    Map<String, Double> sums = new TreeMap<>();
    for (int port = firstReporter; port < firstReporter + REPORTERS; port++) {
      try {
        get("http://localhost:" + port + "/metrics")
            .lines()
            .map(SAMPLE::matcher)
            .filter(Matcher::matches)
            .forEach(
                sample ->
                    sums.merge(sample.group(1), Double.parseDouble(sample.group(2)), Double::sum));
      } catch (IOException notOfOurs) {
        // The range has more ports than the cluster has processes.
      }
    }
    return sums;
  }

  /** What a page says. */
  public String get(String url) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10)).build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(url + ": " + response.statusCode());
    }
    return response.body();
  }

  /** Submits the bundled jar by {@code flink run}, to work in so many slots. */
  public FlinkProcess submit(int slots, String... options) throws IOException {
    return submit(Map.of(), slots, Arrays.asList(options));
  }

  /** The same with additional environment variables. */
  public FlinkProcess submit(Map<String, String> environment, int slots, List<String> options)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("run", "-p", String.valueOf(slots)));
    arguments.add(System.getProperty("midstream.bundled"));
    arguments.add("--runner=FlinkRunner");
    arguments.addAll(options);
    return home.startClient("client" + started++, arguments, environment);
  }

  @Override
  public void close() {
    taskManagers.forEach(FlinkProcess::close);
    if (jobManager != null) {
      jobManager.close();
    }
  }
}
