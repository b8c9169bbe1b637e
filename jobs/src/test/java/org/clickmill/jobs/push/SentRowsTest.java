package org.clickmill.jobs.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Random;
import org.clickmill.jobs.push.SentRows.Share;
import org.junit.jupiter.api.Test;

class SentRowsTest {
  @Test
  void everyKeyIsInOnePassAndNoPassHoldsMoreThanTheLimit() {
    long seed = Long.getLong("clickmill.test.seed", System.nanoTime());
    System.out.println("SentRowsTest seed " + seed);
    var random = new Random(seed);
    var expected = new HashMap<String, String>();
    var records = new HashMap<Integer, String[]>();
    for (int i = 0; i < 3_000; i++) {
      var key = "k" + random.nextInt(800);
      var row = random.nextInt(4) == 0 ? null : "r" + random.nextInt(5);
      records.put(i, new String[] {key, row});
      if (row == null) {
        expected.remove(key);
      } else {
        expected.put(key, row);
      }
    }
    var shares = new ArrayDeque<Share>();
    shares.push(Share.ALL);
    int passes = 0;
    var found = new HashMap<String, Integer>();
    while (!shares.isEmpty()) {
      var rows = new SentRows(shares.pop(), 50, shares::push);
      for (int i = 0; i < records.size(); i++) {
        var record = records.get(i);
        rows.put(bytes(record[0]), record[1] == null ? null : bytes(record[1]));
        assertThat(rows.left()).hasSizeLessThanOrEqualTo(50);
      }
      for (var key : rows.left()) {
        found.merge(UTF_8.decode(key.duplicate()).toString(), 1, Integer::sum);
      }
      for (var key : expected.keySet()) {
        if (rows.left().contains(java.nio.ByteBuffer.wrap(bytes(key)))) {
          assertThat(rows.takeIfSame(bytes(key), bytes(expected.get(key)))).isTrue();
          assertThat(rows.takeIfSame(bytes(key), bytes(expected.get(key)))).isFalse();
        }
      }
      assertThat(rows.left()).isEmpty();
      passes++;
    }
    assertThat(passes).isGreaterThan(10);
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    assertThat(found.values()).containsOnly(1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
