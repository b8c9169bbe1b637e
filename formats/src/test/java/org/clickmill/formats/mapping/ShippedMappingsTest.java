package org.clickmill.formats.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small files in the form that each product documents. */
class ShippedMappingsTest {
  private static final String REES46 =
      "event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session\n";

  private static final String REST = ",cart,5802432,1487580009286598681,,runail,0.56,562076640,s\n";

  @TempDir Path folder;

  @Test
  void rees46WithOffsetsIsRead() {
    var events =
        events(
            "rees46-offset",
            REES46 + "2019-10-01 00:00:07+00:00" + REST + "2019-10-01T02:00:07+02:00" + REST);
    assertThat(events)
        .extracting(event -> event.getEventTime().toString())
        .containsOnly("2019-10-01T00:00:07Z");
    assertThat(events).extracting(event -> event.getBrand().toString()).containsOnly("runail");
  }

  @Test
  void rees46WithoutAHeaderIsRead() {
    var events =
        events("rees46-no-header", "2019-10-01 00:00:07 UTC" + REST + "2019-10-01 00:00:07" + REST);
    assertThat(events)
        .extracting(
            event -> event.getEventTime() + " " + event.getEventType() + " " + event.getUserId())
        .containsOnly("2019-10-01T00:00:07Z cart 562076640")
        .hasSize(2);
    var withHeader =
        Reading.ofText(
            folder,
            "a.csv",
            REES46 + "2019-10-01 00:00:07 UTC" + REST,
            Mapping.named("rees46-no-header"));
    assertThat(withHeader.events()).hasSize(1);
    assertThat(withHeader.reasons())
        .containsExactly("byte 0: field event_time: 'event_time' is not an ISO 8601 time");
  }

  @Test
  void rees46OrdersArePurchases() {
    var event =
        events(
                "rees46-orders",
                "event_time,order_id,product_id,category_id,category_code,brand,price,user_id\n"
                    + "2020-04-24 11:50:39 UTC,2294359932054536986,1515966223509089906,"
                    + "2268105426648170900,electronics.tablet,samsung,162.01,1515915625441993984\n")
            .get(0);
    assertThat(event.getEventType().toString()).isEqualTo("purchase");
    assertThat(event.getOrderId().toString()).isEqualTo("2294359932054536986");
    assertThat(Money.fromAvro(event.getPrice())).isEqualTo(1_620_100);
    assertThat(event.getQuantity()).isEqualTo(1);
  }

  @Test
  void retailrocketIsRead() {
    var events =
        events(
            "retailrocket",
            "timestamp,visitorid,event,itemid,transactionid\n"
                + "1433221332117,257597,view,355908,\n"
                + "1433221999827,158090,addtocart,5206,\n"
                + "1433222276276,599528,transaction,356475,4000\n");
    assertThat(events)
        .extracting(
            event ->
                String.join(
                    " ",
                    event.getEventTime().toString(),
                    event.getEventType(),
                    event.getProductId(),
                    event.getVisitorId(),
                    String.valueOf(event.getOrderId())))
        .containsExactly(
            "2015-06-02T05:02:12.117Z view 355908 257597 null",
            "2015-06-02T05:13:19.827Z cart 5206 158090 null",
            "2015-06-02T05:17:56.276Z purchase 356475 599528 4000");
  }

  private List<Event> events(String mapping, String text) {
    var reading = Reading.ofText(folder, "a.csv", text, Mapping.named(mapping));
    assertThat(reading.reasons()).isEmpty();
    return reading.events();
  }
}
