package org.clickmill.benchmarks.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.testdata.generate.GeneratorOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GeneratedDayTest {
  private static final int EVENTS = 20_000;
  private static final LocalDate DAY = LocalDate.of(2024, 3, 1);

  @TempDir private java.nio.file.Path folder;

  @Test
  void shapesAreWhatTheySay() throws IOException {
    assertThat(count(Shape.PLAIN, event -> "hot".contentEquals(text(event.getVisitorId()))))
        .isZero();
    assertThat(count(Shape.HOT_VISITOR, event -> "hot".contentEquals(text(event.getVisitorId()))))
        .isEqualTo(EVENTS / 5);
    assertThat(count(Shape.HOT_ORDER, event -> "hot".contentEquals(text(event.getOrderId()))))
        .isEqualTo(EVENTS / 20);
    long views = count(Shape.HOT_PRODUCT, event -> "view".contentEquals(event.getEventType()));
    assertThat(count(Shape.HOT_PRODUCT, event -> "hot".contentEquals(text(event.getProductId()))))
        .isBetween(views * 48 / 100, views * 52 / 100);
    var ids = new HashSet<>();
    assertThat(count(Shape.EVENT_IDS, event -> !ids.add(event.getEventId().toString())))
        .isEqualTo(EVENTS / 1000);
  }

  @Test
  void everyHourOfTheDayIsPublishedWithItsRows() throws IOException {
    var warehouse =
        Warehouse.openOrCreate(new Path(folder.resolve("shop").toUri()), new Configuration());
    var day = day(EVENTS, Shape.EVENT_IDS);
    day.writeTo(new HourSink(warehouse, day.firstSecond()));
    var hours = warehouse.manifests("events", null, null);
    assertThat(hours).hasSize(24);
    assertThat(sum(hours.values(), "rows")).isEqualTo(EVENTS);
    assertThat(sum(hours.values(), "event_ids")).isEqualTo(EVENTS);
    assertThat(warehouse.fileSystem().exists(new Path(warehouse.root(), "_staging/generated")))
        .isFalse();
  }

  @Test
  void hoursWithoutEventsAreThereToo() throws IOException {
    var warehouse =
        Warehouse.openOrCreate(new Path(folder.resolve("shop").toUri()), new Configuration());
    var day = day(1, Shape.PLAIN);
    day.writeTo(new HourSink(warehouse, day.firstSecond()));
    assertThat(warehouse.manifests("events", null, null)).hasSize(24);
  }

  @Test
  void csvFilesHaveALineForEachEvent() throws IOException {
    var target = folder.resolve("raw");
    var fileSystem = FileSystem.getLocal(new Configuration());
    day(1000, Shape.HOT_ORDER).writeTo(new CsvSink(fileSystem, new Path(target.toUri())));
    var lines = new ArrayList<String>();
    try (var files = java.nio.file.Files.newDirectoryStream(target, "*.csv")) {
      for (var file : files) {
        var all = java.nio.file.Files.readAllLines(file);
        assertThat(all.get(0)).startsWith("event_time,event_type,product_id,");
        lines.addAll(all.subList(1, all.size()));
      }
    }
    assertThat(lines).hasSize(1000).allMatch(line -> line.split(",", -1).length == 13);
    assertThat(lines).filteredOn(line -> line.endsWith(",hot,")).hasSize(50);
  }

  private static long sum(Iterable<Manifest> manifests, String count) {
    long sum = 0;
    for (var manifest : manifests) {
      sum += manifest.counts().get(count);
    }
    return sum;
  }

  private static GeneratedDay day(long events, Shape shape) {
    return new GeneratedDay(new GeneratorOptions(1, events, DAY, 1), shape);
  }

  private static String text(CharSequence text) {
    return Objects.toString(text, "");
  }

  private static long count(Shape shape, Predicate<Event> predicate) throws IOException {
    var matches = new long[1];
    day(EVENTS, shape)
        .writeTo(
            new EventSink() {
              @Override
              public void write(Event event) {
                matches[0] += predicate.test(event) ? 1 : 0;
              }

              @Override
              public void finish() {}

              @Override
              public void close() {}
            });
    return matches[0];
  }
}
