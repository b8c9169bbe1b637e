package org.clickmill.jobs.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.avro.util.Utf8;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventKey;
import org.clickmill.formats.event.Money;
import org.clickmill.jobs.live.LiveState.Summary;
import org.junit.jupiter.api.Test;

/** What a bucket counts; {@code LiveIT} compares it with SQL. */
final class BucketCountTest {
  @Test
  void sharesAddUpToTheWhole() {
    long seed = Long.getLong("clickmill.test.seed", new Random().nextLong());
    var random = new Random(seed);
    var keys = new ArrayList<byte[]>();
    for (int i = 0; i < 2_000; i++) {
      keys.add(key(random));
    }
    var whole = count(keys, 0, 1);
    var sums = new long[6];
    var sales = new ArrayList<ProductSales>();
    for (int pass = 0; pass < 7; pass++) {
      var share = count(keys, pass, 7);
      add(sums, share.summary());
      sales.addAll(share.sales());
    }
    sales.sort(Comparator.comparing(ProductSales::product));
    assertThat(new Summary(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]))
        .as("seed %d", seed)
        .isEqualTo(whole.summary());
    assertThat(sales).as("seed %d", seed).isEqualTo(whole.sales());
    assertThat(whole.summary().visitors()).isBetween(2L, 51L);
  }

  private static void add(long[] sums, Summary share) {
    sums[0] += share.events();
    sums[1] += share.views();
    sums[2] += share.visitors();
    sums[3] += share.carts();
    sums[4] += share.orders();
    sums[5] += share.revenue();
  }

  private static BucketCount count(List<byte[]> keys, int pass, int passes) {
    var count = new BucketCount(pass, passes);
    keys.forEach(count::add);
    return count;
  }

  private static byte[] key(Random random) {
    var types = List.of("view", "cart", "purchase", "purchase", "return", "wish");
    var event = new Event();
    event.setEventTime(Instant.parse("2024-03-01T00:01:00Z"));
    event.setEventType(new Utf8(types.get(random.nextInt(types.size()))));
    event.setProductId(random.nextInt(9) == 0 ? null : new Utf8("p" + random.nextInt(20)));
    event.setVisitorId(random.nextInt(9) == 0 ? null : new Utf8("v" + random.nextInt(50)));
    event.setOrderId(random.nextInt(3) == 0 ? null : new Utf8("o" + random.nextInt(300)));
    event.setPrice(
        Money.toAvro(new BigDecimal(random.nextInt(-1, 20)).movePointRight(4).longValueExact()));
    event.setQuantity(random.nextInt(-1, 4));
    event.setSourceName(new Utf8("test"));
    var encoded = new EventKey();
    encoded.encode(event);
    var key = new byte[EventPlace.HASH + encoded.length()];
    System.arraycopy(encoded.bytes(), 0, key, EventPlace.HASH, encoded.length());
    return key;
  }
}
