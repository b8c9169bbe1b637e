package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.privacy.IdKind;
import org.clickmill.formats.privacy.PersonId;
import org.clickmill.formats.privacy.SuppressionList;
import org.clickmill.formats.warehouse.Warehouse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands that bring in events say of forgotten and hashed ids. */
final class PrivacyCommandsTest {
  @TempDir private Path folder;
  private Path shop;
  private Path input;
  private Path mapping;

  @BeforeEach
  void writeInput() throws IOException {
    shop = folder.resolve("shop");
    input =
        Files.writeString(
            folder.resolve("a.csv"),
            """
            at,what,user
            2019-10-01T00:10:00Z,view,alice
            2019-10-01T00:20:00Z,view,bob
            2019-10-01T00:30:00Z,view,
            """);
    mapping =
        Files.writeString(
            folder.resolve("shop.yaml"),
            "fields: {event_time: at, event_type: what, user_id: user}\n");
  }

  private CommandRun importFiles(String... more) {
    var arguments = new ArrayList<String>();
    arguments.add("import");
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("--warehouse=" + shop, "--mapping=" + mapping, "--input=" + input));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private void forget(String user) throws IOException {
    var root = new org.apache.hadoop.fs.Path(shop.toUri());
    var warehouse = Warehouse.openOrCreate(root, new Configuration());
    new SuppressionList(warehouse).add("forget", List.of(new PersonId(IdKind.USER, user)));
  }

  private Path keyFile(String name, String permissions) throws IOException {
    var file = Files.writeString(folder.resolve(name), "sixteen bytes or more: " + name);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void importSaysHowManyEventsOfTheForgottenItDropped() throws IOException {
    forget("alice");

    var run = importFiles();

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains(
            "3 records read = 2 written + 0 duplicates + 0 rejected + 1 forgotten; 0 prices"
                + " rounded.");
  }

  @Test
  void previewDropsThemToo() throws IOException {
    forget("alice");

    var run = importFiles("--preview");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("3 records read = 2 events + 0 rejected + 1 forgotten;", "bob")
        .doesNotContain("alice");
  }

  @Test
  void keyFileThatOthersMayReadIsWrongUsage() throws IOException {
    var key = keyFile("key", "rw-r--r--");

    var run = importFiles("-Dclickmill.user-id.hash-key-file=" + key);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "clickmill import: Cannot use key file "
                + key
                + ": others may read it (rw-r--r--). Keep it to its owner: chmod 600 "
                + key
                + "\n");
    assertThat(shop.resolve("events")).doesNotExist();
  }

  @Test
  void idsAreHashedWithOneKeyOnly() throws IOException {
    var setting = "-Dclickmill.user-id.hash-key-file=";
    var key = keyFile("key", "rw-------");
    assertThat(importFiles(setting + key).exitCode()).isZero();
    assertThat(importFiles(setting + key).out()).contains("Nothing to do");

    var other = importFiles(setting + keyFile("other", "rw-------"));
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("hashed with another key, and would not match");
    var none = importFiles();
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("Missing clickmill.user-id.hash-key-file");
  }
}
