package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Spark's Structured Streaming, which brings the topic into Parquet by date and hour.
 *
 * @param folder where its log, files and checkpoint go
 * @param discarded takes those of earlier rounds
 */
record SparkLoadSide(PublishedTopic topic, Spark spark, Path folder, Discarded discarded)
    implements Side {

  @Override
  public String name() {
    return spark.name();
  }

  @Override
  public Map<String, String> versions() throws IOException {
    return spark.versions();
  }

  @Override
  public void prepare(Question question) throws IOException {
    discarded.take(folder);
    Files.createDirectories(folder);
  }

  @Override
  public Measurement answer(Question question) throws IOException, InterruptedException {
    return spark.run(
        "SparkLoadProcess",
        List.of(topic.bootstrapServers(), topic.name(), loaded().toString()),
        folder,
        folder.resolve("spark.log"));
  }

  /** What it has written of each partition. */
  @Override
  public String relation(ComparedTable table) {
    return """
        (SELECT
          coalesce('partition ' || source_partition, 'all') AS part,
          count(event_time) AS records
        FROM read_parquet('%s/events/**/*.parquet', hive_partitioning = true)
        GROUP BY ROLLUP (source_partition))"""
        .formatted(loaded());
  }

  private Path loaded() {
    return folder.resolve("loaded");
  }
}
