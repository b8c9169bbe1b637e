package org.clickmill.formats.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Faults;
import org.clickmill.formats.warehouse.Warehouse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SuppressionListTest {
  @TempDir private java.nio.file.Path folder;
  private final Configuration configuration = new Configuration();
  private SuppressionList list;

  @BeforeEach
  void open() throws IOException {
    list = new SuppressionList(warehouse());
  }

  private Warehouse warehouse() throws IOException {
    return Warehouse.openOrCreate(new Path(folder.resolve("mill").toUri()), configuration);
  }

  private java.nio.file.Path file(String name) {
    return folder.resolve("mill/_privacy").resolve(name);
  }

  private static PersonId user(String id) {
    return new PersonId(IdKind.USER, id);
  }

  private static PersonId visitor(String id) {
    return new PersonId(IdKind.VISITOR, id);
  }

  private static boolean contains(SuppressedIds ids, PersonId id) {
    return ids.lookup().contains(id.kind(), new Utf8(id.id()));
  }

  @Test
  void warehouseWithoutListSuppressesNobodyAndNeedsNoKey() throws IOException {
    PrivacySettings.SUPPRESSION_KEY_FILE.set(configuration, "no/such/file");

    assertThat(list.read()).isEmpty();
    assertThat(list.generation()).isZero();
    assertThat(file("")).doesNotExist();
  }

  @Test
  void idsThatWereAddedAreOnTheListByTheirKind() throws IOException {
    assertThat(list.add("run", List.of(user("alice"), visitor("v1"), visitor("v1")))).isEqualTo(2);

    var ids = list.read().orElseThrow();
    assertThat(ids.size()).isEqualTo(2);
    assertThat(contains(ids, user("alice"))).isTrue();
    assertThat(contains(ids, visitor("v1"))).isTrue();
    assertThat(contains(ids, visitor("alice"))).isFalse();
    assertThat(contains(ids, user("v1"))).isFalse();
    assertThat(contains(ids, user("alic"))).isFalse();
  }

  @Test
  void eventIsFoundByEitherOfItsIds() throws IOException {
    list.add("run", List.of(user("alice"), visitor("v1")));
    var lookup = list.read().orElseThrow().lookup();
    var event = new Event();

    assertThat(lookup.contains(event)).isFalse();
    event.setVisitorId(new Utf8("v1"));
    assertThat(lookup.contains(event)).isTrue();
    event.setVisitorId(new Utf8("v2"));
    event.setUserId(new Utf8("alice"));
    assertThat(lookup.contains(event)).isTrue();
    event.setUserId(new Utf8("bob"));
    assertThat(lookup.contains(event)).isFalse();
  }

  @Test
  void addingAgainChangesNothing() throws IOException {
    list.add("run", List.of(user("alice"), user("bob")));
    byte[] before = Files.readAllBytes(file("suppressed-1"));

    assertThat(list.add("run-2", List.of(user("bob")))).isZero();

    assertThat(list.generation()).isEqualTo(1);
    assertThat(file("suppressed-1")).hasBinaryContent(before);
  }

  @Test
  void nextListTakesThePlaceOfTheOneBefore() throws IOException {
    list.add("run", List.of(user("alice")));
    assertThat(list.add("run-2", List.of(user("alice"), user("bob")))).isEqualTo(1);

    assertThat(list.generation()).isEqualTo(2);
    assertThat(file("suppressed-1")).doesNotExist();
    var ids = list.read().orElseThrow();
    assertThat(contains(ids, user("alice"))).isTrue();
    assertThat(contains(ids, user("bob"))).isTrue();
  }

  @Test
  void keyIsMadeBesideTheListForItsOwnerOnly() throws IOException {
    list.add("run", List.of(user("alice")));

    assertThat(Files.size(file("suppression-key"))).isEqualTo(32);
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(file("suppression-key"))))
        .isEqualTo("rw-------");
    assertThat(Files.getPosixFilePermissions(file("suppressed-1")))
        .doesNotContainAnyElementsOf(PosixFilePermissions.fromString("------rwx"));
  }

  @Test
  void keyThatOthersMayReadIsRefused() throws IOException {
    list.add("run", List.of(user("alice")));
    Files.setPosixFilePermissions(
        file("suppression-key"), PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(() -> list.read())
        .isInstanceOf(ClickmillException.class)
        .hasMessageContaining("suppression-key: others may read it (rw-r-----)");
  }

  @Test
  void keyOfTheSettingsIsUsedAndAnotherRefused() throws IOException {
    var key = keyFile("key", 1);
    PrivacySettings.SUPPRESSION_KEY_FILE.set(configuration, key.toString());
    list = new SuppressionList(warehouse());
    list.add("run", List.of(user("alice")));

    assertThat(file("suppression-key")).doesNotExist();
    assertThat(contains(list.read().orElseThrow(), user("alice"))).isTrue();

    PrivacySettings.SUPPRESSION_KEY_FILE.set(configuration, keyFile("other", 2).toString());
    assertThatThrownBy(() -> new SuppressionList(warehouse()).read())
        .isInstanceOf(ClickmillException.class)
        .hasMessage(
            "Cannot use suppression list %s: it was made with another key. Name the file of its"
                + " key by clickmill.suppression.key-file, or leave that unset if the key lies"
                + " beside the list.",
            new Path(file("suppressed-1").toUri()));
  }

  private java.nio.file.Path keyFile(String name, int fill) throws IOException {
    byte[] bytes = new byte[16];
    bytes[0] = (byte) fill;
    var file = Files.write(folder.resolve(name), bytes);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void taskReadsTheListWithTheKeyThatItIsGiven() throws IOException {
    list.add("run", List.of(user("alice")));
    var key = list.key();
    Files.delete(file("suppression-key"));

    var ids = new SuppressionList(warehouse(), key).read().orElseThrow();
    assertThat(contains(ids, user("alice"))).isTrue();
  }

  @Test
  void listHoldsNoIdInTheClear() throws IOException {
    list.add("run", List.of(user("alice-in-the-clear")));

    assertThat(new String(Files.readAllBytes(file("suppressed-1")), StandardCharsets.ISO_8859_1))
        .doesNotContain("alice")
        .startsWith("CMSUPPR1");
    assertThat(Files.size(file("suppressed-1"))).isEqualTo(32 + 24 + 4);
    assertThat(user("alice").toString()).doesNotContain("alice");
  }

  @Test
  void everyDamagedByteIsNoticed() throws IOException {
    list.add("run", List.of(user("alice"), user("bob")));
    byte[] bytes = Files.readAllBytes(file("suppressed-1"));
    for (int i = 0; i < bytes.length; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= 4;
      Files.write(file("suppressed-1"), damaged);
      assertThatThrownBy(() -> list.read())
          .isInstanceOf(ClickmillException.class)
          .hasMessage(
              "Cannot read suppression list %s: it is damaged. Bring it back from a backup or a"
                  + " snapshot, or the forgotten would come back.",
              new Path(file("suppressed-1").toUri()));
    }
    Files.write(file("suppressed-1"), new byte[7]);
    assertThatThrownBy(() -> list.read()).hasMessageContaining("it is damaged");
  }

  @Test
  void noIdIsLostWhenManyAddAtOnce() throws IOException, InterruptedException, ExecutionException {
    int processes = 4;
    int rounds = 8;
    var threads = Executors.newFixedThreadPool(processes);
    try {
      var tasks = new ArrayList<Callable<Void>>();
      for (int i = 0; i < processes; i++) {
        int process = i;
        tasks.add(
            () -> {
              for (int round = 0; round < rounds; round++) {
                var id = user(process + "-" + round);
                new SuppressionList(warehouse()).add("run-" + process, List.of(id));
              }
              return null;
            });
      }
      for (var done : threads.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(list.read().orElseThrow().size()).isEqualTo(processes * rounds);
    try (var files = Files.list(file(""))) {
      assertThat(files.filter(path -> !path.endsWith("suppression-key"))).hasSize(1);
    }
  }

  @Test
  void crashAtAnyChangeLeavesTheListBeforeOrTheOneAfter() throws IOException {
    for (boolean isFirst : new boolean[] {true, false}) {
      boolean crashed = true;
      for (int crashAt = 1; crashed; crashAt++) {
        var root = new Path(folder.resolve("mill-" + isFirst + "-" + crashAt).toUri());
        var clean = new SuppressionList(Warehouse.openOrCreate(root, configuration));
        var before = isFirst ? List.<PersonId>of() : List.of(user("alice"));
        clean.add("run", before);
        var added = List.of(user("bob"), visitor("v1"));

        crashed = crashesAdding(root, added, crashAt);

        int found = clean.read().map(SuppressedIds::size).orElse(0);
        assertThat(found).as("crash at %d", crashAt).isIn(before.size(), before.size() + 2);
        assertThat(clean.add("run-3", added)).isEqualTo(before.size() + 2 - found);
        assertThat(clean.read().orElseThrow().size()).isEqualTo(before.size() + 2);
        assertThat(crashed || crashAt > 4).as("changes of an addition").isTrue();
      }
    }
  }

  private boolean crashesAdding(Path root, List<PersonId> ids, int crashAt) throws IOException {
    var faulty = new Configuration(configuration);
    try (var faults = Faults.inject(faulty, root, crashAt)) {
      new SuppressionList(Warehouse.open(root, faulty)).add("run-2", ids);
      assertThat(faults.crashed()).as("swallowed crash at %d", crashAt).isFalse();
      return false;
    } catch (Faults.InjectedCrash e) {
      return true;
    }
  }

  @Test
  void randomIdsAreFoundAsInAHashSet() throws IOException {
    long seed = Long.getLong("clickmill.test.seed", new Random().nextLong());
    System.out.println("seed " + seed);
    var random = new Random(seed);
    Set<PersonId> oracle = new HashSet<>();
    for (int round = 0; round < 5; round++) {
      var added = new ArrayList<PersonId>();
      int size = random.nextInt(1 << 4 * round / 2);
      for (int i = 0; i < size; i++) {
        added.add(randomId(random));
      }
      int before = oracle.size();
      oracle.addAll(added);
      assertThat(list.add("run-" + round, added)).isEqualTo(oracle.size() - before);
    }
    var lookup = list.read().orElse(SuppressedIds.none(new PrivacyKey(new byte[16]))).lookup();
    for (int i = 0; i < 20_000; i++) {
      var id = randomId(random);
      byte[] bytes = ("x" + id.id() + "y").getBytes(StandardCharsets.UTF_8);
      assertThat(lookup.contains(id.kind(), bytes, 1, bytes.length - 2))
          .isEqualTo(oracle.contains(id));
    }
    for (var id : oracle) {
      assertThat(lookup.contains(id.kind(), new Utf8(id.id()))).isTrue();
    }
  }

  private static PersonId randomId(Random random) {
    var kind = random.nextBoolean() ? IdKind.USER : IdKind.VISITOR;
    return new PersonId(
        kind, Integer.toString(random.nextInt(1 << random.nextInt(1, 14)), 36) + "é");
  }
}
