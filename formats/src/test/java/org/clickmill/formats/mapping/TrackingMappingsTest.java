package org.clickmill.formats.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.event.Money;
import org.junit.jupiter.api.Test;

/** Samples of what tracking products export, each in the form that the product documents. */
class TrackingMappingsTest {
  @Test
  void ga4() throws URISyntaxException {
    var reading = read("ga4");
    assertThat(reading.events().stream().map(TrackingMappingsTest::shown))
        .containsExactly(
            "2026-01-05T09:30:01Z view SKU_1 Kitchen Acme 19.99 1 1122334455.1767600000 1767605390"
                + " google winter mobile Germany",
            "2026-01-05T09:30:02Z cart SKU_1 Kitchen Acme 19.99 2 1122334455.1767600000 1767605390"
                + " google winter mobile Germany",
            "2026-01-05T09:31:39.999Z purchase SKU_1 Kitchen Acme 19.99 2 1122334455.1767600000 u-7"
                + " 1767605390 T-1 google winter mobile Germany",
            "2026-01-05T09:31:39.999Z purchase SKU_2 5.1 1 1122334455.1767600000 u-7 1767605390 T-1"
                + " item1 google winter mobile Germany",
            "2026-01-05T10:30:00Z return SKU_2 5.1 1 1122334455.1767600000 T-1 desktop Germany");
    assertThat(reading.filtered()).isEqualTo(1);
    assertThat(reading.added()).isEqualTo(1);
  }

  @Test
  void segment() throws URISyntaxException {
    var reading = read("segment");
    assertThat(reading.events().stream().map(TrackingMappingsTest::shown))
        .containsExactly(
            "2026-01-05T09:30:01.123Z view 507f1f77 Games Hasbro 18.99 1 a-1 m-1 google winter ios",
            "2026-01-05T09:31:00Z cart 507f1f77 Games Hasbro 18.99 2 a-1 u-7 m-2",
            "2026-01-05T09:40:00Z purchase 507f1f77 Games Hasbro 18.99 2 a-1 u-7 o-50",
            "2026-01-05T09:40:00Z purchase 505bd76785 Games 3 1 a-1 u-7 o-50 item1",
            "2026-01-06T09:40:00Z return 505bd76785 3 1 a-1 u-7 o-50");
    assertThat(reading.filtered()).isEqualTo(2);
    assertThat(reading.added()).isEqualTo(1);
  }

  @Test
  void snowplow() throws URISyntaxException {
    var reading = read("snowplow");
    assertThat(reading.events().stream().map(TrackingMappingsTest::shown))
        .containsExactly(
            "2026-01-05T09:30:01.123Z view 12345 apparel Snowplow 200 1 bc2e92ec 7a62ddad google"
                + " winter Mobile DE",
            "2026-01-05T09:35:01Z cart 12345 apparel 200 2 bc2e92ec u-7 7a62ddad Mobile DE",
            "2026-01-05T09:40:01Z purchase 12345 apparel Snowplow 200 2 bc2e92ec u-7 7a62ddad t-9"
                + " Mobile DE",
            "2026-01-05T09:40:01Z purchase 777 gifts 10.5 1 bc2e92ec u-7 7a62ddad t-9 item1 Mobile"
                + " DE");
    assertThat(reading.filtered()).isEqualTo(1);
    assertThat(reading.added()).isEqualTo(1);
  }

  private static Reading read(String name) throws URISyntaxException {
    var file = Path.of(TrackingMappingsTest.class.getResource(name + ".json").toURI());
    var reading = Reading.of(file, Mapping.named(name), new Configuration(false));
    assertThat(reading.reasons()).isEmpty();
    return reading;
  }

  /** The values that there are, in the order of the columns. */
  private static String shown(Event event) {
    return Arrays.stream(EventColumn.values())
        .map(column -> shown(event, column))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private static String shown(Event event, EventColumn column) {
    return switch (column) {
      case SOURCE_NAME, SOURCE_PARTITION, SOURCE_OFFSET -> "";
      case SOURCE_ITEM -> event.getSourceItem() == 0 ? "" : "item" + event.getSourceItem();
      case PRICE ->
          Money.decimal(Money.fromAvro(event.getPrice())).stripTrailingZeros().toPlainString();
      default -> {
        var value = event.get(column.position());
        yield value == null ? "" : value.toString();
      }
    };
  }
}
