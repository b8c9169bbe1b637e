package org.clickmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.privacy.DoorKeys;
import org.clickmill.formats.privacy.IdHash;
import org.clickmill.formats.privacy.IdKind;
import org.clickmill.formats.privacy.PersonId;
import org.clickmill.formats.privacy.PrivacyKey;
import org.clickmill.formats.privacy.SuppressionList;
import org.clickmill.formats.read.EventFileReader;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.ingest.ImportPreview;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports into a warehouse that has forgotten some, or in which ids are hashed. */
final class DoorIntoWarehouseTest {
  private static final Instant DAY = Instant.parse("2019-10-01T00:00:00Z");
  private static final String USER_KEY = "clickmill.user-id.hash-key-file";
  private static final String VISITOR_KEY = "clickmill.visitor-id.hash-key-file";

  @TempDir private Path folder;
  private LocalWarehouse local;
  private String mapping;

  /** A line of the input; ids may be null. */
  private record Line(Instant time, String user, String visitor, int product) {
    String csv() {
      return time + ",view," + product + "," + orEmpty(user) + "," + orEmpty(visitor);
    }

    Line with(UnaryOperator<String> ofUsers, UnaryOperator<String> ofVisitors) {
      return new Line(
          time,
          user == null ? null : ofUsers.apply(user),
          visitor == null ? null : ofVisitors.apply(visitor),
          product);
    }

    private static String orEmpty(String id) {
      return id == null ? "" : id;
    }
  }

  @BeforeEach
  void open() throws IOException {
    local = new LocalWarehouse(folder.resolve("mill")).set("clickmill.input.max-reject-ratio", 1);
    mapping =
        Files.writeString(
                folder.resolve("shop.yaml"),
                "fields: {event_time: at, event_type: what, product_id: {from: sku, as: integer},"
                    + " user_id: user, visitor_id: visitor}\n")
            .toString();
  }

  private static Line line(int minute, String user, String visitor) {
    return new Line(DAY.plusSeconds(60L * minute), user, visitor, minute);
  }

  private Path write(String name, List<String> lines) throws IOException {
    var all = new ArrayList<>(List.of("at,what,sku,user,visitor"));
    all.addAll(lines);
    return Files.write(folder.resolve(name), all);
  }

  private Path write(String name, Line... lines) throws IOException {
    return write(name, List.of(lines).stream().map(Line::csv).toList());
  }

  private String keyFile(String name, int fill) throws IOException {
    byte[] bytes = new byte[16];
    bytes[0] = (byte) fill;
    var file = Files.write(folder.resolve(name), bytes);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file.toString();
  }

  private static IdHash hash(int fill) {
    byte[] bytes = new byte[16];
    bytes[0] = (byte) fill;
    return new IdHash(new PrivacyKey(bytes));
  }

  private void forget(PersonId... ids) throws IOException {
    new SuppressionList(local.warehouse()).add("forget", List.of(ids));
  }

  private static PersonId user(String id) {
    return new PersonId(IdKind.USER, id);
  }

  private static PersonId visitor(String id) {
    return new PersonId(IdKind.VISITOR, id);
  }

  /** The events of all hours, as lines. */
  private List<Line> events() throws IOException {
    var lines = new ArrayList<Line>();
    for (var hour : local.manifests(Datasets.EVENTS).entrySet()) {
      for (var file : InputFile.of(local.warehouse(), hour.getKey(), hour.getValue())) {
        try (var reader =
            EventFileReader.open(local.warehouse().fileSystem(), file, local.configuration())) {
          var event = new Event();
          for (event = reader.next(event); event != null; event = reader.next(event)) {
            lines.add(
                new Line(
                    event.getEventTime(),
                    event.getUserId() == null ? null : event.getUserId().toString(),
                    event.getVisitorId() == null ? null : event.getVisitorId().toString(),
                    Integer.parseInt(event.getProductId().toString())));
          }
        }
      }
    }
    return lines;
  }

  private boolean isAnywhereBelowTheWarehouse(String text) throws IOException {
    byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
    try (var files = Files.walk(folder.resolve("mill/warehouse"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        if (content.contains(new String(wanted, StandardCharsets.ISO_8859_1))) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void eventsOfTheForgottenAreDroppedAndCounted() throws Exception {
    forget(user("alice"), visitor("v9"));
    var input =
        write(
            "a.csv",
            line(1, "alice", "v1"),
            line(2, "bob", "v9"),
            line(3, "bob", "alice"),
            line(4, null, null));

    var outcome = local.importFiles(input, mapping);

    assertThat(List.of(outcome.read(), outcome.written(), outcome.forgotten()))
        .containsExactly(4L, 2L, 2L);
    assertThat(outcome.rejected() + outcome.duplicates() + outcome.filtered()).isZero();
    assertThat(events()).containsExactlyInAnyOrder(line(3, "bob", "alice"), line(4, null, null));
  }

  @Test
  void rejectsOfAWarehouseThatForgotSomebodyHoldNothingOfTheRecord() throws Exception {
    local.set("clickmill.parquet.codec", "uncompressed");
    var bad = DAY + ",view,alice-in-the-clear,alice-in-the-clear,";
    var old = "1980-01-01T00:00:00Z,view,1,alice-in-the-clear,";
    var input = write("a.csv", List.of(bad, old, line(3, "bob", null).csv()));
    forget(user("alice-in-the-clear"));

    var outcome = local.importFiles(input, mapping);

    assertThat(List.of(outcome.written(), outcome.rejected(), outcome.forgotten()))
        .containsExactly(1L, 1L, 1L);
    var rejects = local.manifests(Datasets.REJECTS).keySet().iterator().next();
    assertThat(local.column(rejects, "reason"))
        .extracting(Object::toString)
        .containsExactly("byte 25: field product_id: '…' is not a whole number");
    assertThat(local.column(rejects, "raw")).containsOnlyNulls();
    assertThat(local.column(rejects, "source_offset")).containsExactly(25L);
    assertThat(isAnywhereBelowTheWarehouse("alice")).isFalse();
  }

  @Test
  void eventsInNoOrderOfTimeAreDroppedToo() throws Exception {
    forget(user("alice"));
    var lines = new ArrayList<Line>();
    for (int hour = 0; hour < 200; hour++) {
      lines.add(line(60 * hour, "bob", null));
      lines.add(line(60 * hour + 1, "alice", null));
    }
    Collections.shuffle(lines, new Random(1));

    var outcome = local.importFiles(write("a.csv", lines.toArray(Line[]::new)), mapping);

    assertThat(outcome.forgotten()).isEqualTo(200);
    assertThat(events()).hasSize(200).extracting(Line::user).containsOnly("bob");
  }

  @Test
  void hoursThatAreCarriedOverLoseTheForgotten() throws Exception {
    local.importFiles(write("a.csv", line(1, "alice", null), line(2, "bob", null)), mapping);
    local.importFiles(write("b.csv", line(3, "carol", null)), mapping);
    forget(user("alice"));
    var changed = write("b.csv", line(4, "carol", null));

    local.importFiles(changed, LocalWarehouse.replacing(mapping));

    assertThat(events()).containsExactlyInAnyOrder(line(2, "bob", null), line(4, "carol", null));
  }

  @Test
  void hashedEventsAreTheSameUpToRenaming() throws Exception {
    local.set(USER_KEY, keyFile("users", 1)).set(VISITOR_KEY, keyFile("visitors", 2));
    var lines =
        List.of(
            line(1, "alice", "v1"),
            line(2, "alice", null),
            line(3, null, "v1"),
            line(4, null, null),
            line(5, "v1", "alice"));

    var outcome = local.importFiles(write("a.csv", lines.toArray(Line[]::new)), mapping);

    assertThat(outcome.written()).isEqualTo(5);
    var users = hash(1);
    var visitors = hash(2);
    assertThat(events())
        .containsExactlyInAnyOrderElementsOf(
            lines.stream().map(line -> line.with(users::of, visitors::of)).toList());
    assertThat(isAnywhereBelowTheWarehouse("alice")).isFalse();
  }

  @Test
  void keyIsASecretOfTheJobAndInNoFile() throws Exception {
    byte[] key = "a-key-that-nobody-sees".getBytes(StandardCharsets.US_ASCII);
    var file = Files.write(folder.resolve("key"), key);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    local.set(USER_KEY, file);

    local.importFiles(write("a.csv", line(1, "alice", null)), mapping);

    assertThat(isAnywhereBelowTheWarehouse("a-key-that-nobody-sees")).isFalse();
  }

  @Test
  void secondImportWithAnotherKeyIsRefused() throws Exception {
    local.set(USER_KEY, keyFile("users", 1));
    local.importFiles(write("a.csv", line(1, "alice", null)), mapping);
    local.set(USER_KEY, keyFile("others", 2));

    assertThatThrownBy(() -> local.importFiles(write("b.csv", line(2, "bob", null)), mapping))
        .isInstanceOf(ClickmillException.class)
        .hasMessageContaining("are hashed with another key, and would not match");
    assertThat(events()).hasSize(1);
  }

  @Test
  void constantIsNotHashed() throws Exception {
    local.set(USER_KEY, keyFile("users", 1));
    var constant =
        Files.writeString(
                folder.resolve("constant.yaml"),
                "name: constant\nfields: {event_time: at, event_type: what, user_id: {constant:"
                    + " me}}\n")
            .toString();

    assertThatThrownBy(() -> local.importFiles(write("a.csv", line(1, "alice", null)), constant))
        .isInstanceOf(ClickmillException.class)
        .hasMessage(
            "Cannot hash user_id with mapping constant: it is a constant there"
                + " (clickmill.user-id.hash-key-file)");
  }

  @Test
  void previewDropsTheForgottenAndHashesIds() throws Exception {
    local.set(USER_KEY, keyFile("users", 1));
    DoorKeys.claim(local.warehouse(), "first");
    forget(user(hash(1).of("alice")));
    var input =
        write(
            "a.csv",
            List.of(line(1, "alice", null).csv(), line(2, "bob", null).csv(), "x,view,1,bob,"));
    var door = DoorKeys.find(local.warehouse()).open(local.warehouse());

    var preview =
        new ImportPreview(
                local.configuration(), LocalWarehouse.options(mapping), Instant.now(), door)
            .of(new org.apache.hadoop.fs.Path(input.toString()), 10);

    assertThat(preview.forgotten()).isEqualTo(1);
    assertThat(preview.events()).isEqualTo(1);
    assertThat(preview.rows().get(0).event()).containsEntry("user_id", hash(1).of("bob"));
    assertThat(preview.rows().get(1).reason()).contains("field event_time: '…'");
  }

  @Test
  void randomImportsEqualThoseOfOthersOnly() throws Exception {
    long seed = Long.getLong("clickmill.test.seed", new Random().nextLong());
    System.out.println("seed " + seed);
    var random = new Random(seed);
    boolean hashes = random.nextBoolean();
    if (hashes) {
      local.set(USER_KEY, keyFile("users", 1)).set(VISITOR_KEY, keyFile("visitors", 1));
    }
    UnaryOperator<String> renaming = hashes ? hash(1)::of : UnaryOperator.identity();
    Set<PersonId> forgotten = new HashSet<>();
    var expected = new ArrayList<Line>();
    for (int round = 0; round < 4; round++) {
      // Of these some are on the list already.
      for (int i = 0; i < random.nextInt(8); i++) {
        var kind = random.nextBoolean() ? IdKind.USER : IdKind.VISITOR;
        forgotten.add(new PersonId(kind, renaming.apply(id(random))));
      }
      forget(forgotten.toArray(PersonId[]::new));
      var lines = new ArrayList<Line>();
      for (int i = 0; i < 500; i++) {
        var user = random.nextInt(3) == 0 ? null : id(random);
        var visitor = random.nextInt(3) == 0 ? null : id(random);
        var time = DAY.plusMillis(random.nextInt(100 * 3_600_000));
        lines.add(new Line(time, user, visitor, random.nextInt(1000)));
      }
      var left =
          lines.stream()
              .map(line -> line.with(renaming, renaming))
              .filter(line -> line.user() == null || !forgotten.contains(user(line.user())))
              .filter(
                  line -> line.visitor() == null || !forgotten.contains(visitor(line.visitor())))
              .toList();
      expected.addAll(left);
      var input = write("round-" + round + ".csv", lines.toArray(Line[]::new));
      var outcome = local.importFiles(input, mapping);
      assertThat(outcome.written()).isEqualTo(left.size());
      assertThat(outcome.forgotten()).isEqualTo(lines.size() - left.size());
    }
    assertThat(events()).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static String id(Random random) {
    return "id" + random.nextInt(40);
  }
}
