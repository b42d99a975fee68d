package dev.midstream.pipeline;

import dev.midstream.postgres.ConnectionPools;
import dev.midstream.postgres.Database;
import dev.midstream.postgres.LibrarySchema;
import dev.midstream.postgres.RunLog;
import dev.midstream.postgres.SkipKnown;
import dev.midstream.postgres.WriteLibrary;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.util.construction.PipelineTranslation;

/** What {@link PasswordTest} starts: a run that tells all that it can tell. */
final class PasswordRun {
  private PasswordRun() {}

  /** Arguments: the URL, the role, a MIDI file, and the password file or nothing. */
  public static void main(String[] args) throws Exception {
    // The driver logs here, and to the last level each message that it sends.
    ConsoleHandler handler = new ConsoleHandler();
    handler.setLevel(Level.ALL);
    Logger driver = Logger.getLogger("org.postgresql");
    driver.setLevel(Level.ALL);
    driver.addHandler(handler);

    Database database = new Database(args[0], args[1], args[3].isEmpty() ? null : args[3], 3);
    MidstreamOptions options =
        PipelineOptionsFactory.fromArgs("--input=" + args[2], "--jdbcUrl=" + args[0])
            .as(MidstreamOptions.class);
    LibrarySchema.check(database);
    LibrarySchema.migrate(database);
    UUID runId = UUID.randomUUID();
    RunLog log = new RunLog(database, runId);
    log.begin("DirectRunner", args[2], "{}");
    Pipeline pipeline = Pipeline.create(options);
    MidstreamPipeline.build(pipeline, options, List.of(args[2]), database, runId);
    // Before the run: the runner replaces steps by its own, which cannot be translated.
    System.out.println(PipelineTranslation.toProto(pipeline));
    System.out.println(database);
    System.out.println(options);
    for (PTransform<?, ?> transform :
        List.of(SkipKnown.in(database, runId), WriteLibrary.to(database, runId, false))) {
      System.out.println(DisplayData.from(transform));
      // The graph holds it compressed, where nothing could be found.
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      new ObjectOutputStream(bytes).writeObject(transform);
      System.out.println(bytes.toString(StandardCharsets.ISO_8859_1));
    }
    pipeline.run().waitUntilFinish();
    log.end(RunLog.End.FINISHED, 0, 0);
    ConnectionPools.closeAll();
  }
}
