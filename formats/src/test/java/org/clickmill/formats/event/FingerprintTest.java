package org.clickmill.formats.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FingerprintTest {

  @Test
  void orderAndGroupingOfRowsDoNotMatter() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    var rows = new ArrayList<String>();
    for (int i = 0; i < 500; i++) {
      rows.add("row " + random.nextInt(100));
    }
    var whole = of(rows);
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(rows, random);
      int cut = random.nextInt(rows.size());
      assertThat(of(rows.subList(0, cut)).plus(of(rows.subList(cut, rows.size()))))
          .as("seed %d", seed)
          .isEqualTo(whole);
    }
    assertThat(whole.rows()).isEqualTo(500);
  }

  @Test
  void anyOtherRowsHaveAnother() {
    assertThat(of(List.of("a", "b")))
        .isNotEqualTo(of(List.of("a", "c")))
        .isNotEqualTo(of(List.of("ab")))
        .isNotEqualTo(of(List.of("a", "b", "b")));
    assertThat(of(List.of("a", "a"))).isNotEqualTo(of(List.of("b", "b")));
  }

  @Test
  void carryGoesFromTheLowerToTheUpperHalf() {
    var most = new Fingerprint(1, 0, -1);
    assertThat(most.plus(new Fingerprint(1, 0, 1))).isEqualTo(new Fingerprint(2, 1, 0));
    assertThat(most.plus(most)).isEqualTo(new Fingerprint(2, 1, -2));
    assertThat(most.plus(Fingerprint.EMPTY)).isEqualTo(most);
  }

  @Test
  void rowsThatDifferInMeasuresAreAsGoodAsTheirSum() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      var apart = new Fingerprint.Builder();
      var whole = new Fingerprint.Builder();
      for (var row : List.of("a", "b", "c")) {
        long[] sum = new long[2];
        for (int part = 0; part < 1 + random.nextInt(4); part++) {
          long[] measures = {1 + random.nextInt(9), random.nextLong() >> 8};
          add(apart, row, measures);
          sum[0] += measures[0];
          sum[1] += measures[1];
        }
        add(whole, row, sum);
      }
      assertThat(apart.build()).as("seed %d", seed).isEqualTo(whole.build());
    }
  }

  @Test
  void aRowWithOneMeasureIsAsGoodAsSoManyRows() {
    var counted = new Fingerprint.Builder();
    add(counted, "a", 3);
    assertThat(counted.build()).isEqualTo(of(List.of("a", "a", "a")));
  }

  @Test
  void otherMeasuresHaveAnother() {
    assertThat(of("a", 1, 5)).isNotEqualTo(of("a", 1, 6)).isNotEqualTo(of("a", 5, 1));
    assertThat(of("a", 1, 0)).isNotEqualTo(of("b", 1, 0));
    assertThat(of("a", 1, -7)).isNotEqualTo(of("a", 1, 7));
  }

  private static Fingerprint of(String row, long... measures) {
    var builder = new Fingerprint.Builder();
    add(builder, row, measures);
    return builder.build();
  }

  private static void add(Fingerprint.Builder builder, String row, long... measures) {
    byte[] bytes = row.getBytes(StandardCharsets.UTF_8);
    builder.add(bytes, 0, bytes.length, measures);
  }

  @Test
  void textComesBack() throws Exception {
    var fingerprint = new Fingerprint(12, -3, 5);
    assertThat(fingerprint).hasToString("12:fffffffffffffffd0000000000000005");
    assertThat(Fingerprint.parse(fingerprint.toString())).isEqualTo(fingerprint);
    var json = new ObjectMapper();
    var text = json.writeValueAsString(fingerprint);
    assertThat(json.readValue(text, Fingerprint.class)).isEqualTo(fingerprint);
  }

  @Test
  void damagedTextIsRefused() {
    assertThatThrownBy(() -> Fingerprint.parse("12:ff"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid fingerprint: 12:ff");
  }

  @Test
  void noRowsAreEmpty() {
    assertThat(of(List.of())).isEqualTo(Fingerprint.EMPTY);
    assertThat(Fingerprint.EMPTY.isEmpty()).isTrue();
    assertThat(of(List.of("")).isEmpty()).isFalse();
  }

  private static Fingerprint of(List<String> rows) {
    var builder = new Fingerprint.Builder();
    for (var row : rows) {
      byte[] bytes = ("-" + row).getBytes(StandardCharsets.UTF_8);
      builder.add(bytes, 1, bytes.length - 1);
    }
    return builder.build();
  }
}
