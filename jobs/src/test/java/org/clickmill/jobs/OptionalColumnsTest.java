package org.clickmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.read.EventFileReader;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.warehouse.Datasets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The columns that few shops have, from files into the hours and days. */
final class OptionalColumnsTest {
  private static final String HEADER =
      "event_time,event_type,price,currency,traffic_source,campaign,device,country,page_type,rating,"
          + "review";

  @TempDir private Path folder;

  @Test
  void optionalColumnsArriveInHoursAndDays() throws Exception {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    var input = Files.createDirectory(folder.resolve("input"));
    var rates = folder.resolve("rates.csv");
    Files.writeString(rates, "date,currency,rate\n2020-05-01,USD,0.5\n");
    var lines = new ArrayList<>(List.of(HEADER));
    var expected = new ArrayList<String>();
    for (int i = 0; i < 300; i++) {
      boolean isPlain = random.nextInt(3) == 0;
      int price = random.nextInt(1000);
      var currency = isPlain ? "" : random.nextBoolean() ? "USD" : "EUR";
      var texts = new ArrayList<String>();
      for (int column = 0; column < 5; column++) {
        texts.add(isPlain || random.nextBoolean() ? "" : "text " + random.nextInt(5));
      }
      var rating = isPlain || random.nextBoolean() ? "" : "" + random.nextInt(6);
      var review = isPlain || random.nextBoolean() ? "" : "review " + i;
      lines.add(
          String.format(
              Locale.ROOT,
              "2020-05-01T%02d:00:00Z,view,%d,%s,%s,%s,%s",
              random.nextInt(24),
              price,
              currency,
              String.join(",", texts),
              rating,
              review));
      var amount = BigDecimal.valueOf(currency.equals("USD") ? price * 5L : price * 10L, 1);
      expected.add(
          amount.setScale(4)
              + "|"
              + (isPlain ? "" : "EUR")
              + "|"
              + String.join("|", texts)
              + "|"
              + rating
              + "|"
              + review);
    }
    Files.write(input.resolve("events.csv"), lines);
    var local =
        new LocalWarehouse(folder)
            .set("clickmill.currency", "EUR")
            .set("clickmill.currency.rates", rates);
    assertThat(local.importFiles(input, "clickmill").written()).isEqualTo(300);
    assertThat(rows(local, Datasets.EVENTS))
        .as("seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(expected);
    local.compact();
    assertThat(rows(local, Datasets.EVENTS_DAILY))
        .as("seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void hoursHaveOnlyTheColumnsThatTheirMappingFeeds() throws Exception {
    var mapping = folder.resolve("m.yaml");
    Files.writeString(
        mapping, "fields: {event_time: event_time, event_type: event_type, rating: rating}");
    var input = Files.createDirectory(folder.resolve("input"));
    Files.writeString(
        input.resolve("a.csv"), "event_time,event_type,rating\n2020-05-01T00:00:00Z,review,4\n");
    var local = new LocalWarehouse(folder);
    local.importFiles(input, mapping.toString());
    var manifests = local.manifests(Datasets.EVENTS);
    var partition = manifests.keySet().iterator().next();
    var file = InputFile.of(local.warehouse(), partition, manifests.get(partition)).get(0);
    try (var reader =
        EventFileReader.open(local.warehouse().fileSystem(), file, local.configuration())) {
      assertThat(reader.extraColumns()).containsExactly(EventColumn.RATING);
      assertThat(reader.next(null).getRating()).isEqualTo(4);
    }
  }

  private static List<String> rows(LocalWarehouse local, String dataset) throws IOException {
    var rows = new ArrayList<String>();
    for (var partition : local.manifests(dataset).entrySet()) {
      for (var file : InputFile.of(local.warehouse(), partition.getKey(), partition.getValue())) {
        try (var reader =
            EventFileReader.open(local.warehouse().fileSystem(), file, local.configuration())) {
          for (var event = reader.next(null); event != null; event = reader.next(null)) {
            var values = new ArrayList<String>();
            values.add(Money.decimal(Money.fromAvro(event.getPrice())).setScale(4).toString());
            for (var column : EventColumn.OPTIONAL) {
              var value = event.get(column.position());
              values.add(value == null ? "" : value.toString());
            }
            rows.add(String.join("|", values));
          }
        }
      }
    }
    return rows;
  }
}
