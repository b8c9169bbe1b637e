package org.clickmill.formats.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.event.Fingerprint;
import org.clickmill.formats.failure.ClickmillException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
  private static final String WHOLE =
      """
      {"formatVersion": 1, "dataset": "sales", "partition": "dt=2019-10-01", "version": 3,
       "revision": 5, "fingerprint": "2:00000000000000010000000000000002",
       "createdAt": "2019-11-01T12:30:00Z"}
      """;

  @TempDir java.nio.file.Path folder;
  private AtomicLocalFileSystem fs;
  private java.nio.file.Path file;

  @BeforeEach
  void open() throws IOException {
    fs = new AtomicLocalFileSystem();
    fs.initialize(folder.toUri(), new Configuration());
    file = folder.resolve(Manifest.FILE_NAME);
  }

  private Manifest read(String json) throws IOException {
    Files.writeString(file, json);
    return Json.manifest(fs, new Path(file.toUri())).orElseThrow();
  }

  @Test
  void writtenManifestIsReadBack() throws IOException {
    var settings = new TreeMap<String, String>();
    settings.put("clickmill.deduplicate", "event_id");
    var counts = new TreeMap<String, Long>();
    counts.put("read", Long.MAX_VALUE);
    var manifest =
        new Manifest(
            Manifest.FORMAT_VERSION,
            "events",
            "dt=2019-10-01/hr=07",
            2,
            4,
            List.of(new Manifest.DataFile("part-1.avro", 100, 3, "crc32c:01234567")),
            List.of(new Manifest.Input("events_daily", "dt=2019-10-01", 0)),
            "import",
            1,
            settings,
            counts,
            new Fingerprint(3, -1, 7),
            List.of(new Manifest.Source("rees46/2019-Oct.csv.gz", "crc32c:89abcdef", "0f0f")),
            "run-1",
            "clerk",
            "0.1.0",
            Instant.parse("2019-11-01T12:30:00.123Z"));

    assertThat(read(new String(Json.write(manifest), java.nio.charset.StandardCharsets.UTF_8)))
        .isEqualTo(manifest);
    assertThat(Files.readString(file))
        .contains("\"createdAt\" : \"2019-11-01T12:30:00.123Z\"")
        .contains("\"fingerprint\" : \"3:ffffffffffffffff0000000000000007\"");
    assertThat(manifest.where()).isEqualTo(new Partition("events", "dt=2019-10-01/hr=07"));
    assertThat(manifest.bytes()).isEqualTo(100);
  }

  @Test
  void expiredManifestIsReadBack() throws IOException {
    var whole = read(WHOLE);
    assertThat(whole.hasExpired()).isFalse();
    assertThat(new String(Json.write(whole), java.nio.charset.StandardCharsets.UTF_8))
        .doesNotContain("expired");
    var expired =
        read(
            WHOLE.replace(
                "\"version\": 3",
                "\"version\": 3, \"expired\": {\"days\": 90, \"files\": 1, \"bytes\": 17,"
                    + " \"publishedAt\": \"2019-11-01T12:30:00Z\", \"runId\": \"run-1\"}"));
    assertThat(expired.expired())
        .isEqualTo(new Manifest.Expired(90, 1, 17, Instant.parse("2019-11-01T12:30:00Z"), "run-1"));
    assertThat(read(new String(Json.write(expired), java.nio.charset.StandardCharsets.UTF_8)))
        .isEqualTo(expired);
  }

  @Test
  void acceptedChecksAreReadBackAndNotWrittenWhereThereAreNone() throws IOException {
    assertThat(new String(Json.write(read(WHOLE)), java.nio.charset.StandardCharsets.UTF_8))
        .doesNotContain("accepted");
    var manifest =
        read(
            WHOLE.replace(
                "\"version\": 3",
                "\"version\": 3, \"accepted\": [{\"check\": \"events_missing\","
                    + " \"reason\": \"a holiday\", \"runId\": \"run-1\"}]"));
    assertThat(manifest.accepted())
        .containsExactly(new Manifest.Accepted("events_missing", "a holiday", "run-1"));
    assertThat(read(new String(Json.write(manifest), java.nio.charset.StandardCharsets.UTF_8)))
        .isEqualTo(manifest);
  }

  @Test
  void missingListsAreEmpty() throws IOException {
    var manifest = read(WHOLE);

    assertThat(manifest.files()).isEmpty();
    assertThat(manifest.settings()).isEmpty();
    assertThat(manifest.fingerprint()).isEqualTo(new Fingerprint(2, 1, 2));
  }

  @Test
  void unknownFieldIsIgnored() throws IOException {
    assertThat(read(WHOLE.replace("{", "{\"colour\": {\"of\": \"mill\"}, ")).revision())
        .isEqualTo(5);
  }

  @Test
  void newerFormatIsRefused() {
    assertThatThrownBy(() -> read(WHOLE.replace("\"formatVersion\": 1", "\"formatVersion\": 2")))
        .isInstanceOf(ClickmillException.class)
        .hasMessage(
            "Cannot read manifest "
                + new Path(file.toUri())
                + ": its format version is 2, this suite knows 1 (use a newer suite)");
  }

  @Test
  void newerFormatOfAnotherShapeIsRefused() {
    assertThatThrownBy(() -> read("{\"formatVersion\": 7, \"dataset\": {\"name\": \"sales\"}}"))
        .hasMessageContaining("its format version is 7");
  }

  @Test
  void cutManifestIsNamed() {
    assertThatThrownBy(() -> read(WHOLE.substring(0, 90)))
        .isInstanceOf(ClickmillException.class)
        .hasMessageMatching(
            "Invalid manifest: "
                + new Path(file.toUri())
                + ": it is cut off at line \\d, column \\d+ \\(.*");
  }

  @Test
  void emptyManifestIsNamed() {
    assertThatThrownBy(() -> read(""))
        .isInstanceOf(ClickmillException.class)
        .hasMessageStartingWith("Invalid manifest: " + new Path(file.toUri()) + ": ");
  }

  @Test
  void manifestWithoutRevisionIsNamed() {
    assertThatThrownBy(() -> read(WHOLE.replace("\"revision\": 5,", "")))
        .hasMessageStartingWith(
            "Invalid manifest: " + new Path(file.toUri()) + ": a field is missing ");
  }
}
