package org.clickmill.formats.read.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapred.FileInputFormat;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapred.Reporter;
import org.apache.hadoop.streaming.StreamJob;
import org.apache.hadoop.util.ToolRunner;
import org.clickmill.formats.avro.AvroEventWriter;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.parquet.ParquetTableWriter;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventTextInputFormatTest {
  private static final String MAPPER =
      """
      import json
      import sys

      for line in sys.stdin:
          event = json.loads(line)
          if event["event_type"] == "view":
              print("%s\\t1" % event["product_id"])
      """;
  private static final String REDUCER =
      """
      import sys
      from collections import Counter

      views = Counter()
      for line in sys.stdin:
          product, count = line.rstrip("\\n").split("\\t")
          views[product] += int(count)
      for product in sorted(views):
          print("%s\\t%d" % (product, views[product]))
      """;

  @TempDir java.nio.file.Path folder;

  private final Configuration configuration = new Configuration();

  @Test
  void eventIsOneJsonObject() throws IOException {
    var event = event(Instant.parse("2019-10-01T07:08:09.010Z"), "view", "p\"1\\\n\u0001é😀");
    event.setPrice(Money.toAvro(123_400));
    event.setSourceOffset(5_000_000_000L);
    writeHour(List.of(event));
    var lines = lines();
    assertThat(lines)
        .containsExactly(
            "{\"event_time\":\"2019-10-01T07:08:09.010Z\",\"event_type\":\"view\","
                + "\"product_id\":\"p\\\"1\\\\\\u000a\\u0001é😀\",\"category_id\":null,"
                + "\"category_code\":null,\"brand\":null,\"price\":12.34,\"quantity\":1,"
                + "\"visitor_id\":null,\"user_id\":null,\"user_session\":null,\"order_id\":null,"
                + "\"event_id\":null,\"source_name\":null,\"source_partition\":null,"
                + "\"source_offset\":5000000000}");
    JsonNode json = new ObjectMapper().readTree(lines.get(0));
    assertThat(json.get("product_id").textValue()).isEqualTo("p\"1\\\n\u0001é😀");
  }

  @Test
  void amountsHaveNoZerosAtTheirEnd() throws IOException {
    var events = new ArrayList<Event>();
    for (long amount : new long[] {0, 1, -15_000, 1_000_000, 999_999_999_999_999_999L}) {
      var event = event(Instant.EPOCH, "view", "p");
      event.setPrice(Money.toAvro(amount));
      events.add(event);
    }
    writeHour(events);
    assertThat(lines().stream().map(line -> line.replaceAll(".*\"price\":|,\"quantity.*", "")))
        .containsExactly("0", "0.0001", "-1.5", "100", "99999999999999.9999");
  }

  @Test
  void foldersOfHoursAndDaysAreReadTogether() throws IOException {
    writeHour(List.of(event(Instant.EPOCH, "view", "hour")));
    writeDay(List.of(event(Instant.EPOCH, "view", "day")));
    Files.writeString(folder.resolve("in/dt=2019-10-01/_MANIFEST.json"), "{}");
    assertThat(lines()).hasSize(2).anyMatch(line -> line.contains("\"product_id\":\"day\""));
  }

  @Test
  void pythonMapperRunsOnEventsUnderStreaming() throws Exception {
    assumeThat(hasPython()).as("Missing python3: Streaming is not tested").isTrue();
    var events = new ArrayList<Event>();
    Map<String, Integer> expected = new TreeMap<>();
    for (int i = 0; i < 5000; i++) {
      var type = i % 3 == 0 ? "cart" : "view";
      var product = "p" + i % 17;
      events.add(event(Instant.ofEpochMilli(i), type, product));
      if (type.equals("view")) {
        expected.merge(product, 1, Integer::sum);
      }
    }
    writeDay(events.subList(0, 3000));
    writeHour(events.subList(3000, 5000));
    var mapper = Files.writeString(folder.resolve("mapper.py"), MAPPER);
    var reducer = Files.writeString(folder.resolve("reducer.py"), REDUCER);
    int exitCode =
        ToolRunner.run(
            configuration,
            new StreamJob(),
            new String[] {
              "-D",
              "mapreduce.framework.name=local",
              "-D",
              "mapreduce.client.completion.pollinterval=20",
              "-D",
              "mapreduce.client.progressmonitor.pollinterval=20",
              "-D",
              "mapreduce.cluster.local.dir=" + folder.resolve("local"),
              "-inputformat",
              EventTextInputFormat.class.getName(),
              "-input",
              folder.resolve("in").toString(),
              "-output",
              folder.resolve("out").toString(),
              "-mapper",
              "python3 " + mapper,
              "-reducer",
              "python3 " + reducer
            });
    assertThat(exitCode).isZero();
    Map<String, Integer> found = new TreeMap<>();
    for (var line : Files.readAllLines(folder.resolve("out/part-00000"))) {
      var parts = line.split("\t", 2);
      found.put(parts[0], Integer.valueOf(parts[1]));
    }
    assertThat(found).isEqualTo(expected);
  }

  private List<String> lines() throws IOException {
    var job = new JobConf(configuration);
    FileInputFormat.setInputPaths(job, new Path(folder.resolve("in").toUri()));
    var format = new EventTextInputFormat();
    var lines = new ArrayList<String>();
    for (var split : format.getSplits(job, 1)) {
      try (var reader = format.getRecordReader(split, job, Reporter.NULL)) {
        var key = reader.createKey();
        var value = reader.createValue();
        long expectedKey = 0;
        while (reader.next(key, value)) {
          assertThat(key.get()).isEqualTo(expectedKey++);
          lines.add(new String(value.copyBytes(), StandardCharsets.UTF_8));
        }
      }
    }
    return lines;
  }

  private void writeHour(List<Event> events) throws IOException {
    var path = new Path(folder.resolve("in/dt=2019-10-01/hr=00/part-0.avro").toUri());
    try (var writer =
        AvroEventWriter.open(FileSystem.getLocal(configuration), path, configuration)) {
      for (var event : events) {
        writer.write(event);
      }
      writer.finish();
    }
  }

  private void writeDay(List<Event> events) throws IOException {
    var path = new Path(folder.resolve("in/dt=2019-10-01/part-0.parquet").toUri());
    try (var writer =
        ParquetTableWriter.open(
            FileSystem.getLocal(configuration), path, EventRows.SCHEMA, configuration)) {
      var row = new Row(EventRows.SCHEMA);
      for (var event : events) {
        EventRows.fill(row, event);
        writer.write(row);
      }
      writer.finish();
    }
  }

  private static Event event(Instant time, String type, String product) {
    var event = new Event();
    event.setEventTime(time);
    event.setEventType(new Utf8(type));
    event.setProductId(new Utf8(product));
    event.setQuantity(1);
    return event;
  }

  private static boolean hasPython() throws InterruptedException {
    try {
      var process = new ProcessBuilder("python3", "-c", "import json").start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
