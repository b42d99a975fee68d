package dev.midstream.runners;

import dev.midstream.pipeline.MidstreamOptions;
import dev.midstream.pipeline.UserError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  static CommandLine parse(List<String> args) {
    PipelineOptionsFactory.register(MidstreamOptions.class);
    String[] last = lastOfEach(args);
    MidstreamOptions options;
    try {
      options = PipelineOptionsFactory.fromArgs(last).withValidation().as(MidstreamOptions.class);
    } catch (IllegalArgumentException e) {
      throw new UserError(refusal(e), e);
    }
    tune(options, given(last));
    return new CommandLine(options);
  }

  private static String[] lastOfEach(List<String> args) {
    Map<String, String> byName = new LinkedHashMap<>();
    for (String arg : args) {
      Matcher option = OPTION.matcher(arg);
      if (!option.matches()) {
        throw new UserError("'%s' is no option: options are like --input=FOLDER".formatted(arg));
      }
      byName.put(option.group(1), arg);
    }
    return new ArrayList<>(byName.values()).toArray(new String[0]);
  }

  private static Map<String, String> given(String[] args) {
    Map<String, String> given = new HashMap<>();
    for (String arg : args) {
      Matcher option = OPTION.matcher(arg);
      if (option.matches()) {
        given.put(option.group(1), arg);
      }
    }
    return given;
  }

  private static String refusal(IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
    Matcher unknown = UNKNOWN.matcher(message);
    String reason = unknown.find() ? "unknown option --" + unknown.group(1) : message;
    return reason + " (--help=MidstreamOptions lists the options)";
  }

  /** What makes our graph fast on each runner, unless the user has said otherwise. */
  private static void tune(MidstreamOptions options, Map<String, String> given) {
    if (options.getRunner() == DirectRunner.class) {
      DirectOptions direct = options.as(DirectOptions.class);
      // Checks for pipelines under test: they copy and encode each element.
      if (!given.containsKey("enforceImmutability")) {
        direct.setEnforceImmutability(false);
      }
      if (!given.containsKey("enforceEncodability")) {
        direct.setEnforceEncodability(false);
      }
    } else if (options.getRunner() == FlinkRunner.class) {
      FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
      // Our elements are immutable: no copies between chained operators.
      if (!given.containsKey("objectReuse")) {
        flink.setObjectReuse(true);
      }
      if (!given.containsKey("fasterCopy")) {
        flink.setFasterCopy(true);
      }
    }
  }
}
