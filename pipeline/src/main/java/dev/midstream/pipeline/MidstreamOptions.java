package dev.midstream.pipeline;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** The options of a run. No secret is among them: options travel with the job graph. */
public interface MidstreamOptions extends PipelineOptions {

  @Description(
      "What to read: folders, globs or bucket URIs, separated by commas. A folder means every"
          + " .mid .midi .kar .rmi .smf below it, whatever the case.")
  String getInput();

  void setInput(String input);

  @Description(
      "The day that {date} in --input stands for, like 2026-11-23; today in UTC if left out."
          + " {date:yyyy/MM/dd} writes it otherwise.")
  String getDate();

  void setDate(String date);

  @Description(
      "The PostgreSQL database to write to, like jdbc:postgresql://host:5432/database. Left out:"
          + " an embedded PostgreSQL in --dataDir.")
  String getJdbcUrl();

  void setJdbcUrl(String url);

  @Description(
      "The database role. Its password is taken from the environment variable"
          + " MIDSTREAM_JDBC_PASSWORD, from --jdbcPasswordFile, or from ~/.pgpass.")
  String getJdbcUser();

  void setJdbcUser(String user);

  @Description("A file whose first line is the password of the database role, on each worker.")
  String getJdbcPasswordFile();

  void setJdbcPasswordFile(String file);

  @Description("Where the embedded PostgreSQL keeps its data between runs.")
  @Default.String("midstream-data")
  String getDataDir();

  void setDataDir(String folder);

  @Description(
      "How local files are taken in: auto (read small ones, map large ones), mmap or read.")
  @Default.String("auto")
  String getReadMode();

  void setReadMode(String mode);

  @Description("The largest file that is read, in bytes; larger ones are rejected. At most 1 GiB.")
  @Default.Long(64L << 20)
  long getMaxFileBytes();

  void setMaxFileBytes(long bytes);

  @Description(
      "How many files in buckets are read at once by each worker JVM, 1 to 1000. Each holds a"
          + " connection, and a thread that waits for it.")
  @Default.Integer(32)
  int getRemoteReads();

  void setRemoteReads(int reads);

  @Description("The most files of a batch, which is read, analysed and written as one.")
  @Default.Integer(1000)
  int getWriteBatchSize();

  void setWriteBatchSize(int files);

  @Description("Database connections of each worker JVM. 0: as many as it can use at once.")
  @Default.Integer(0)
  int getPoolSize();

  void setPoolSize(int connections);

  @Description("Analyse files again although they are known and unchanged.")
  @Default.Boolean(false)
  boolean getReanalyze();

  void setReanalyze(boolean reanalyze);

  @Description(
      "End with exit status 3 if more than this fraction of the files of this run is rejected,"
          + " 0 to 1.")
  @Default.Double(1)
  double getFailOnRejects();

  void setFailOnRejects(double fraction);

  @Description("Instead of a run: print the answer of the library to this SQL query.")
  String getQuery();

  void setQuery(String sql);

  @Description("Print stack traces of errors.")
  @Default.Boolean(false)
  boolean getStackTrace();

  void setStackTrace(boolean stackTrace);
}
