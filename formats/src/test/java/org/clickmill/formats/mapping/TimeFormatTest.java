package org.clickmill.formats.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeFormatTest {
  private static final ZoneId UTC = ZoneOffset.UTC;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yyyy-MM-dd HH:mm:ss 'UTC'",
        "yyyy-MM-dd HH:mm:ss",
        "yyyyMMdd",
        "dd.MM.uuuu HH:mm",
        "'at 'HHmmssSSS yyyy/MM/dd",
        "yyyy-MM-dd'T'HH:mm:ss.SSSSSS"
      })
  void digitsAtFixedPlacesAreReadAsJavaTimeDoes(String pattern) {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var formatter = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
    for (var zone : new String[] {"UTC", "+05:30", "Europe/Berlin", "Australia/Lord_Howe"}) {
      var format = TimeFormat.of(pattern, ZoneId.of(zone), "test");
      assertThat(format).isInstanceOf(FixedTimeFormat.class);
      var general = PatternTimeFormat.compile(pattern, ZoneId.of(zone), "test");
      for (int i = 0; i < 2_000; i++) {
        var local =
            LocalDateTime.ofEpochSecond(
                random.nextLong(-2_000_000_000L, 4_000_000_000L),
                random.nextInt(1_000) * 1_000_000,
                ZoneOffset.UTC);
        var text = formatter.format(local);
        assertThat(millis(format, text))
            .as("%s in %s, seed %d", text, zone, seed)
            .isEqualTo(millis(general, text));
      }
    }
  }

  @Test
  void damagedTextsAreRefusedAsJavaTimeDoes() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var pattern = "yyyy-MM-dd HH:mm:ss";
    var fixed = TimeFormat.of(pattern, UTC, "test");
    var general = PatternTimeFormat.compile(pattern, UTC, "test");
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder("2019-02-28 23:59:59");
      for (int k = random.nextInt(3); k >= 0; k--) {
        text.setCharAt(random.nextInt(text.length()), "0123456789-: x".charAt(random.nextInt(14)));
      }
      assertThat(millis(fixed, text.toString()))
          .as("'%s', seed %d", text, seed)
          .isEqualTo(millis(general, text.toString()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2019-10-01 00:00:00 UTC,true",
    "2020-02-29 00:00:00 UTC,true",
    "2019-02-29 00:00:00 UTC,false",
    "1900-02-29 00:00:00 UTC,false",
    "2019-13-01 00:00:00 UTC,false",
    "2019-00-01 00:00:00 UTC,false",
    "2019-10-00 00:00:00 UTC,false",
    "2019-10-01 24:00:00 UTC,false",
    "2019-10-01 00:60:00 UTC,false",
    "2019-10-01 00:00:60 UTC,false",
    "0000-10-01 00:00:00 UTC,false",
    "2019-10-01 00:00:00,false",
    "2019-10-01 00:00:00 UTC+1,false",
    "2019-10-01T00:00:00 UTC,false"
  })
  void timesThatDoNotExistAreRefused(String text, boolean isTime) {
    var format = TimeFormat.of("yyyy-MM-dd HH:mm:ss 'UTC'", UTC, "test");
    assertThat(millis(format, text) != TimeFormat.INVALID).isEqualTo(isTime);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "d/M/yyyy H:mm | 1/2/2019 3:04 | 2019-02-01T03:04:00Z",
        "dd MMM yyyy | 01 Oct 2019 | 2019-10-01T00:00:00Z",
        "yyyy-MM-dd HH:mm:ss Z | 2019-10-01 02:00:00 +0200 | 2019-10-01T00:00:00Z",
        "yyyy-MM-dd'T'HH:mm:ssXXX | 2019-10-01T02:00:00+02:00 | 2019-10-01T00:00:00Z",
        "yyyy-MM-dd[ HH:mm] | 2019-10-01 | 2019-10-01T00:00:00Z",
        "yyyy-MM-dd hh:mm a | 2019-10-01 01:30 PM | 2019-10-01T13:30:00Z",
        "yyyy-MM-dd HH:mm VV | 2019-07-01 12:00 Europe/Berlin | 2019-07-01T10:00:00Z"
      })
  void otherPatternsAreLeftToJavaTime(String pattern, String text, String expected) {
    var format = TimeFormat.of(pattern, UTC, "test");
    assertThat(format).isInstanceOf(PatternTimeFormat.class);
    assertThat(Instant.ofEpochMilli(millis(format, text))).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2019-10-01,2019-10-01T00:00:00Z",
    "2019-10-01T12:30,2019-10-01T12:30:00Z",
    "2019-10-01 12:30:15,2019-10-01T12:30:15Z",
    "2019-10-01T12:30:15.5Z,2019-10-01T12:30:15.500Z",
    "2019-10-01T12:30:15.123456789Z,2019-10-01T12:30:15.123Z",
    "2019-10-01T12:30:15+02:00,2019-10-01T10:30:15Z",
    "2019-10-01T12:30:15-0330,2019-10-01T16:00:15Z",
    "2019-10-01T12:30:15+02,2019-10-01T10:30:15Z",
    "2019-10-01 12:30:15 UTC,2019-10-01T12:30:15Z",
    "1969-12-31T23:59:59.999Z,1969-12-31T23:59:59.999Z"
  })
  void isoTimesAreRead(String text, String expected) {
    var format = TimeFormat.of("iso", UTC, "test");
    assertThat(Instant.ofEpochMilli(millis(format, text))).hasToString(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2019",
        "2019-10",
        "2019-10-1",
        "2019-10-01T",
        "2019-10-01T12",
        "2019-10-01T12:3",
        "2019-10-01T12:30:",
        "2019-10-01T12:30:15.",
        "2019-10-01T12:30:15.1234567890",
        "2019-10-01T12:30:15 ",
        "2019-10-01T12:30:15+",
        "2019-10-01T12:30:15+25:00",
        "2019-10-01T12:30:15ZZ",
        "2019-10-01T12:30:15 UT",
        "20191001",
        "x019-10-01",
        "2019-10-01x"
      })
  void textsThatAreNotIsoAreRefused(String text) {
    assertThat(millis(TimeFormat.of("iso", UTC, "test"), text)).isEqualTo(TimeFormat.INVALID);
  }

  @Test
  void isoTimesWithoutOffsetAreThoseOfTheZone() {
    var zone = ZoneId.of("America/New_York");
    var format = TimeFormat.of("iso", zone, "test");
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      var local =
          LocalDateTime.ofEpochSecond(
              random.nextLong(1_500_000_000L, 1_600_000_000L), 0, ZoneOffset.UTC);
      assertThat(millis(format, local.toString()))
          .as("%s, seed %d", local, seed)
          .isEqualTo(ZonedDateTime.of(local, zone).toInstant().toEpochMilli());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "epoch-millis,1569888000123,1569888000123",
    "epoch-millis,-1,-1",
    "epoch-millis,1569888000123.9,1569888000123",
    "epoch-millis,1.569888e12,1569888000000",
    "epoch-seconds,1569888000,1569888000000",
    "epoch-seconds,1569888000.1239,1569888000123",
    "epoch-seconds,-0.5,-500",
    "epoch-seconds,1e-400,0",
    "epoch-millis,,-9223372036854775808",
    "epoch-millis,-,-9223372036854775808",
    "epoch-millis,12x,-9223372036854775808",
    "epoch-millis,1e30,-9223372036854775808",
    "epoch-millis,1e2147483647,-9223372036854775808",
    "epoch-seconds,99999999999999999999,-9223372036854775808"
  })
  void numbersSinceTheEpochAreRead(String name, String text, long expected) {
    var format = TimeFormat.of(name, UTC, "test");
    assertThat(millis(format, text == null ? "" : text)).isEqualTo(expected);
  }

  private static long millis(TimeFormat format, String text) {
    byte[] bytes = ("##" + text + "##").getBytes(StandardCharsets.UTF_8);
    return format.millis(bytes, 2, bytes.length - 4);
  }
}
