package dev.midstream.runners;

import dev.midstream.buckets.BucketOptions;
import dev.midstream.pipeline.MidstreamOptions;
import dev.midstream.pipeline.UserError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * The command line as Beam options. Where an option is given twice the last one holds, so that a
 * Maven profile can set what {@code -Dexec.args} then overrides.
 *
 * @param options the options, with what the chosen runner needs to be fast
 */
record CommandLine(MidstreamOptions options) {
  private static final Pattern UNKNOWN = Pattern.compile("missing a property named '([^']+)'");
  private static final Pattern OPTION = Pattern.compile("--([^=]+)(=.*)?", Pattern.DOTALL);

  /** Options of Beam's that hold a secret, and where it belongs instead. */
  private static final Map<String, String> SECRETS =
      Map.of(
          "accessKey", "AZURE_STORAGE_CONNECTION_STRING",
          "azureConnectionString", "AZURE_STORAGE_CONNECTION_STRING",
          "sasToken", "AZURE_STORAGE_CONNECTION_STRING",
          "azureCredentialsProvider", "AZURE_CLIENT_ID, AZURE_CLIENT_SECRET and AZURE_TENANT_ID",
          "awsCredentialsProvider", "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");

  /**
   * At the end of a bundle a step waits for what is on its way, from a store or to the database,
   * and for nothing else: with bundles of a second, as Beam has them in a stream, that is a tenth
   * of the time.
   */
  private static final long BUNDLE_MILLIS = 30_000;

  private static final Pattern SECRET = Pattern.compile("(?i)secret|password|token");

  static CommandLine parse(List<String> args) {
    Map<String, String> last = lastOfEach(args);
    last.forEach(CommandLine::refuseSecret);
    OptionInterfaces.register(last.keySet());
    MidstreamOptions options;
    try {
      options =
          PipelineOptionsFactory.fromArgs(last.values().toArray(String[]::new))
              .withValidation()
              .as(MidstreamOptions.class);
    } catch (IllegalArgumentException e) {
      throw new UserError(refusal(e), e);
    }
    tune(options, last.keySet());
    return new CommandLine(options);
  }

  /** The arguments by the names of their options. */
  private static Map<String, String> lastOfEach(List<String> args) {
    Map<String, String> byName = new LinkedHashMap<>();
    for (String arg : args) {
      Matcher option = OPTION.matcher(arg);
      if (!option.matches()) {
        throw new UserError("'%s' is no option: options are like --input=FOLDER".formatted(arg));
      }
      byName.put(option.group(1), arg);
    }
    return byName;
  }

  /** Options travel with the job graph, and stand in the list of processes. */
  private static void refuseSecret(String name, String arg) {
    String place = SECRETS.get(name);
    boolean isProvider = name.endsWith("CredentialsProvider");
    if (place != null && (!isProvider || SECRET.matcher(arg).find())) {
      throw new UserError(
          "--%s would show a secret to whoever sees the command: set %s instead"
              .formatted(name, place));
    }
  }

  private static String refusal(IllegalArgumentException e) {
    String message = Failures.oneLine(e);
    Matcher unknown = UNKNOWN.matcher(message);
    String reason = unknown.find() ? "unknown option --" + unknown.group(1) : message;
    return reason + " (--help=MidstreamOptions lists the options)";
  }

  /** What makes our graph fast on each runner, unless the user has said otherwise. */
  private static void tune(MidstreamOptions options, Set<String> given) {
    BucketOptions.defer(options);
    if (options.getRunner() == DirectRunner.class) {
      DirectOptions direct = options.as(DirectOptions.class);
      // Checks for pipelines under test: they copy and encode each element.
      if (!given.contains("enforceImmutability")) {
        direct.setEnforceImmutability(false);
      }
      if (!given.contains("enforceEncodability")) {
        direct.setEnforceEncodability(false);
      }
    } else if (options.getRunner() == FlinkRunner.class) {
      FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
      // Our elements are immutable: no copies between chained operators.
      if (!given.contains("objectReuse")) {
        flink.setObjectReuse(true);
      }
      if (!given.contains("fasterCopy")) {
        flink.setFasterCopy(true);
      }
      if (!given.contains("maxBundleTimeMills")) {
        flink.setMaxBundleTimeMills(BUNDLE_MILLIS);
      }
    }
  }
}
