package org.clickmill.formats.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.HashSet;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.event.Money;
import org.junit.jupiter.api.Test;

/** Real files that others made, with the totals that are published for them. */
class PublishedDataTest {

  @Test
  void everyRowOfOnlineRetailIsAnEvent() throws IOException {
    var folder = SharedData.require("online-retail");
    var mapping = Mapping.named("online-retail");
    long rows = 0;
    long withoutCustomer = 0;
    long soldLines = 0;
    long gross = 0;
    long net = 0;
    var invoices = new HashSet<Utf8>();
    var products = new HashSet<Utf8>();
    var customers = new HashSet<Utf8>();
    try (var files = Files.list(folder)) {
      for (var file : files.sorted().toList()) {
        try (var reader = Reading.open(file, mapping, new Configuration(false))) {
          while (reader.next()) {
            assertThat(reader.reject()).isNull();
            var event = reader.event();
            rows++;
            long value = Money.fromAvro(event.getPrice()) * event.getQuantity();
            net += value;
            if (event.getQuantity() > 0 && Money.fromAvro(event.getPrice()) > 0) {
              soldLines++;
              gross += value;
            }
            invoices.add(new Utf8(event.getOrderId()));
            products.add(new Utf8(event.getProductId()));
            if (event.getUserId() == null) {
              withoutCustomer++;
            } else {
              customers.add(new Utf8(event.getUserId()));
            }
          }
        }
      }
    }
    assertThat(rows).isEqualTo(541_909);
    assertThat(withoutCustomer).isEqualTo(135_080);
    assertThat(invoices).hasSize(25_900);
    assertThat(products).hasSize(4_070);
    assertThat(customers).hasSize(4_372).contains(new Utf8("17850"));
    assertThat(soldLines).isEqualTo(530_104);
    assertThat(gross).isEqualTo(106_666_845_440L);
    assertThat(net).isEqualTo(97_477_479_340L);
  }

  @Test
  void everyLineOfCdnowIsAPurchase() {
    var file = SharedData.require("cdnow/CDNOW_sample.txt");
    var reading = Reading.of(file, Mapping.named("cdnow"));
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.events()).hasSize(6_919);
    var first = reading.events().get(0);
    assertThat((Object) first.getUserId()).hasToString("1");
    assertThat((Object) first.getEventType()).hasToString("purchase");
    assertThat(first.getEventTime()).isEqualTo(Instant.parse("1997-01-01T00:00:00Z"));
    assertThat(Money.fromAvro(first.getPrice())).isEqualTo(293_300);
    assertThat(first.getQuantity()).isEqualTo(1);
    assertThat((Object) first.getProductId()).isNull();
    assertThat(first.getSourceOffset()).isZero();
    assertThat(reading.events().stream().map(event -> event.getUserId()).distinct()).hasSize(2_357);
  }
}
