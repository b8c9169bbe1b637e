package org.clickmill.formats.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.Reject;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.clickmill.formats.warehouse.Warehouse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoorTest {
  @TempDir private java.nio.file.Path folder;
  private final Configuration configuration = new Configuration();

  private Warehouse warehouse() throws IOException {
    return Warehouse.openOrCreate(new Path(folder.resolve("mill").toUri()), configuration);
  }

  private String keyFile(String name, int fill) throws IOException {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) fill;
    var file = Files.write(folder.resolve(name), bytes);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file.toString();
  }

  private static Event event(String user, String visitor) {
    var event = new Event();
    event.setUserId(user == null ? null : new Utf8(user));
    event.setVisitorId(visitor == null ? null : new Utf8(visitor));
    return event;
  }

  @Test
  void thereIsNoDoorWithoutKeysAndList() throws IOException {
    var keys = DoorKeys.claim(warehouse(), "run");

    assertThat(keys.isNone()).isTrue();
    assertThat(keys.open(warehouse())).isNull();
    assertThat(folder.resolve("mill/_privacy")).doesNotExist();
  }

  @Test
  void idsAreHashedEachByItsKey() throws IOException {
    PrivacySettings.USER_ID_HASH_KEY_FILE.set(configuration, keyFile("users", 1));
    PrivacySettings.VISITOR_ID_HASH_KEY_FILE.set(configuration, keyFile("visitors", 2));
    var keys = DoorKeys.claim(warehouse(), "run");
    var event = event("alice", "alice");

    assertThat(keys.open(warehouse()).admits(event)).isTrue();

    assertThat(event.getUserId().toString()).isEqualTo(new IdHash(keys.users()).of("alice"));
    assertThat(event.getVisitorId().toString()).isEqualTo(new IdHash(keys.visitors()).of("alice"));
    assertThat(event.getUserId().toString()).isNotEqualTo(event.getVisitorId().toString());
    var nobody = event(null, null);
    assertThat(keys.open(warehouse()).admits(nobody)).isTrue();
    assertThat((Object) nobody.getUserId()).isNull();
    assertThat((Object) nobody.getVisitorId()).isNull();
  }

  @Test
  void listHoldsIdsAsTablesDo() throws IOException {
    PrivacySettings.USER_ID_HASH_KEY_FILE.set(configuration, keyFile("users", 1));
    var keys = DoorKeys.claim(warehouse(), "run");
    var hashed = new IdHash(keys.users()).of("alice");
    new SuppressionList(warehouse())
        .add("run", List.of(new PersonId(IdKind.USER, hashed), new PersonId(IdKind.VISITOR, "v1")));

    var door = DoorKeys.claim(warehouse(), "run").open(warehouse());
    assertThat(door.admits(event("alice", null))).isFalse();
    assertThat(door.admits(event(hashed, null))).isTrue();
    assertThat(door.admits(event("bob", "v2"))).isTrue();
    assertThat(door.admits(event("bob", "v1"))).isFalse();
    assertThat(door.isForgotten(event(hashed, null))).isTrue();
    assertThat(door.isForgotten(event("alice", null))).isFalse();
  }

  @Test
  void idsOfAWarehouseAreHashedWithOneKey() throws IOException {
    var users = PrivacySettings.USER_ID_HASH_KEY_FILE;
    users.set(configuration, keyFile("users", 1));
    DoorKeys.claim(warehouse(), "run");
    DoorKeys.claim(warehouse(), "run-2");

    users.set(configuration, keyFile("others", 2));
    assertThatThrownBy(() -> DoorKeys.claim(warehouse(), "run-3"))
        .isInstanceOf(ClickmillException.class)
        .hasMessage(
            "Cannot use key file %s: the user ids of %s are hashed with another key, and would not"
                + " match (clickmill.user-id.hash-key-file)",
            folder.resolve("others"), warehouse().root());

    configuration.unset(users.name());
    assertThatThrownBy(() -> DoorKeys.claim(warehouse(), "run-4"))
        .isInstanceOf(ClickmillException.class)
        .hasMessage(
            "Missing clickmill.user-id.hash-key-file: the user ids of %s are hashed. Name the file"
                + " of their key.",
            warehouse().root());
  }

  @Test
  void idsInTheClearAndHashedOnesAreNotMixed() throws IOException {
    Files.createDirectories(folder.resolve("mill/events/dt=2019-10-01"));
    PrivacySettings.VISITOR_ID_HASH_KEY_FILE.set(configuration, keyFile("visitors", 1));

    assertThatThrownBy(() -> DoorKeys.claim(warehouse(), "run"))
        .isInstanceOf(ClickmillException.class)
        .hasMessage(
            "Cannot hash visitor ids in %s: it has events already whose ids are in the clear, and"
                + " would not match. Import and load into a new warehouse, or leave"
                + " clickmill.visitor-id.hash-key-file unset.",
            warehouse().root());
  }

  @Test
  void commitIsHeldWhenSomebodyWasForgottenMeanwhile() throws IOException {
    var keys = DoorKeys.claim(warehouse(), "run");
    keys.requireUnchanged(warehouse());

    new SuppressionList(warehouse()).add("run-2", List.of(new PersonId(IdKind.USER, "alice")));

    assertThatThrownBy(() -> keys.requireUnchanged(warehouse()))
        .isInstanceOf(ClickmillException.class)
        .hasMessage(
            "Cannot commit: ids were put on the suppression list while this ran. Nothing of it is"
                + " in the warehouse; run it again.")
        .extracting(e -> ((ClickmillException) e).failure())
        .isEqualTo(Failure.HELD);
  }

  @Test
  void rejectKeepsItsPlaceAndReasonButNothingOfTheRecord() {
    var reject = new Reject();
    reject.setReason(new Utf8("byte 12: field user_id: 'alice's' is not a whole number"));
    reject.setSourceOffset(12L);
    reject.setRaw(ByteBuffer.wrap(new byte[] {1}));

    Door.redact(reject);

    assertThat(reject.getReason().toString())
        .isEqualTo("byte 12: field user_id: '…' is not a whole number");
    assertThat(reject.getSourceOffset()).isEqualTo(12);
    assertThat(reject.getRaw()).isNull();
  }
}
