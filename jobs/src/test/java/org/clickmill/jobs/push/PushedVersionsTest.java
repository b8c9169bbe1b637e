package org.clickmill.jobs.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushedVersionsTest {
  @Test
  void equalVersionsOfDaysAreWrittenOnce() {
    var versions = new PushedVersions();
    assertThat(versions.text(2024)).isEqualTo("v1");
    for (int day = 1; day <= 31; day++) {
      versions.put(LocalDate.of(2024, 3, day), 1);
    }
    versions.put(LocalDate.of(2024, 4, 1), 12);
    versions.put(LocalDate.of(2025, 1, 1), 7);
    assertThat(versions.text(2024)).isEqualTo("v1 0x60 1x31 12");
    assertThat(versions.text(2025)).isEqualTo("v1 7");
  }

  @Test
  void versionsAreReadAsTheyWereWritten() {
    long seed = Long.getLong("clickmill.test.seed", System.nanoTime());
    System.out.println("PushedVersionsTest seed " + seed);
    var random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      var versions = new PushedVersions();
      int most = 1 + random.nextInt(2_000);
      for (int n = random.nextInt(400); n > 0; n--) {
        var day = LocalDate.ofYearDay(2023, 1).plusDays(random.nextInt(3 * 365 + 1));
        versions.put(day, 1 + random.nextInt(most));
      }
      var read = new PushedVersions();
      for (int year = 2023; year <= 2025; year++) {
        var text = versions.text(year);
        assertThat(text.length()).isLessThan(4096);
        assertThat(read.add(year, text)).isTrue();
      }
      assertThat(read.all()).as("seed %d", seed).isEqualTo(versions.all());
    }
  }

  @Test
  void longestTextFitsIntoTheMetadataOfAnOffset() {
    var versions = new PushedVersions();
    for (int day = 1; day <= 366; day++) {
      versions.put(LocalDate.ofYearDay(2024, day), 1_000_000 + day);
    }
    assertThat(versions.text(2024).length()).isLessThan(4096);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "v2 1", "v1 x", "v1 1x0x", "v1 1x366", "v1 -1", "v1  1"})
  void textOfSomebodyElseIsNotRead(String text) {
    var versions = new PushedVersions();
    assertThat(versions.add(2023, text)).isFalse();
    assertThat(versions.all()).isEmpty();
  }
}
