package org.clickmill.benchmarks.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.from_json;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.StructType;

/**
 * Brings what a topic holds into Parquet by date and hour, with Structured Streaming as its
 * documentation has it: all that is there is taken, committed by a checkpoint, and then it ends.
 */
final class SparkLoadProcess {
  private static final StructType EVENT =
      StructType.fromDDL(
          "event_time TIMESTAMP, event_type STRING, product_id STRING, category_id STRING,"
              + " category_code STRING, brand STRING, price DECIMAL(18, 4), user_id STRING,"
              + " user_session STRING");

  private SparkLoadProcess() {}

  /**
   * Loads a topic from its beginning.
   *
   * @param arguments a file of properties, bootstrap servers, topic, and a folder for the Parquet
   *     files and the checkpoint
   */
  public static void main(String[] arguments)
      throws IOException, TimeoutException, StreamingQueryException {
    var folder = Path.of(arguments[3]);
    try (var session = SparkSettings.session(Path.of(arguments[0]))) {
      session
          .readStream()
          .format("kafka")
          .option("kafka.bootstrap.servers", arguments[1])
          .option("subscribe", arguments[2])
          .option("startingOffsets", "earliest")
          .load()
          .select(
              from_json(col("value").cast("string"), EVENT).as("event"),
              col("partition").as("source_partition"),
              col("offset").as("source_offset"))
          .select("event.*", "source_partition", "source_offset")
          .withColumn("dt", date_format(col("event_time"), "yyyy-MM-dd"))
          .withColumn("hr", date_format(col("event_time"), "HH"))
          .writeStream()
          .format("parquet")
          .partitionBy("dt", "hr")
          .option("path", folder.resolve("events").toString())
          .option("checkpointLocation", folder.resolve("checkpoint").toString())
          .trigger(Trigger.AvailableNow())
          .start()
          .awaitTermination();
    }
  }
}
