package org.clickmill.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.mapping.Mapping;
import org.clickmill.formats.privacy.Door;
import org.clickmill.formats.privacy.DoorKeys;
import org.clickmill.formats.privacy.IdHash;
import org.clickmill.formats.privacy.IdKind;
import org.clickmill.formats.privacy.PersonId;
import org.clickmill.formats.privacy.PrivacyKey;
import org.clickmill.formats.privacy.SuppressionList;
import org.clickmill.formats.warehouse.Warehouse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The door's keys on their way from the driver to a task of a cluster. */
final class JobDoorTest {
  private static final String KEY = "a-key-that-nobody-sees";

  @TempDir private Path folder;
  private final Configuration settings = new Configuration();

  private Warehouse warehouse() throws IOException {
    var root = new org.apache.hadoop.fs.Path(folder.resolve("mill").toUri());
    return Warehouse.openOrCreate(root, settings);
  }

  private static Job job() throws IOException {
    var configuration = new Configuration(false);
    configuration.set("mapreduce.framework.name", "yarn");
    configuration.set("clickmill.internal.staging", "/staging/run-1.load");
    return Job.getInstance(configuration);
  }

  /** A task that has the configuration of its job, and no secrets. */
  private static TaskAttemptContextImpl task(Job job) {
    var configuration = new Configuration(job.getConfiguration());
    return new TaskAttemptContextImpl(configuration, new TaskAttemptID());
  }

  /** The names of the job's secrets; there may be others in this process. */
  private static List<String> secrets(Job job) {
    return job.getCredentials().getAllSecretKeys().stream()
        .map(Text::toString)
        .filter(name -> name.endsWith(".run-1.load"))
        .sorted()
        .toList();
  }

  private static Door receive(Job job) throws IOException {
    var context = task(job);
    context.getCredentials().addAll(job.getCredentials());
    return JobDoor.receive(context);
  }

  @Test
  void nothingIsShippedWhereThereIsNothingToDo() throws IOException {
    var job = job();

    JobDoor.ship(DoorKeys.claim(warehouse(), "run"), warehouse(), Mapping.named("rees46"), job);

    assertThat(secrets(job)).isEmpty();
    assertThat(receive(job)).isNull();
    assertThat(JobDoor.generation(job.getConfiguration())).isZero();
  }

  @Test
  void keysAreSecretsOfTheJobAndNotInItsConfiguration() throws IOException {
    var file = Files.writeString(folder.resolve("key"), KEY);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    settings.set("clickmill.user-id.hash-key-file", file.toString());
    settings.set("clickmill.suppression.key-file", file.toString());
    new SuppressionList(warehouse()).add("run", List.of(new PersonId(IdKind.VISITOR, "v1")));
    var job = job();

    JobDoor.ship(DoorKeys.claim(warehouse(), "run"), warehouse(), Mapping.named("rees46"), job);
    // A task reads no key file, which is not where it runs.
    Files.delete(file);

    var text = new StringWriter();
    job.getConfiguration().writeXml(text);
    assertThat(text.toString()).contains("internal.door").doesNotContain(KEY);
    assertThat(secrets(job))
        .containsExactly(
            "clickmill.door.suppression.run-1.load", "clickmill.door.users.run-1.load");
    assertThat(JobDoor.generation(job.getConfiguration())).isEqualTo(1);
    var door = receive(job);
    var event = new Event();
    event.setUserId(new Utf8("alice"));
    assertThat(door.admits(event)).isTrue();
    var key = new PrivacyKey(KEY.getBytes(StandardCharsets.US_ASCII));
    assertThat(event.getUserId().toString()).isEqualTo(new IdHash(key).of("alice"));
    event.setVisitorId(new Utf8("v1"));
    assertThat(door.admits(event)).isFalse();
  }

  @Test
  void taskWithoutTheSecretFailsRatherThanLetIdsIn() throws IOException {
    var file = Files.writeString(folder.resolve("key"), KEY);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    settings.set("clickmill.visitor-id.hash-key-file", file.toString());
    var job = job();
    JobDoor.ship(DoorKeys.claim(warehouse(), "run"), warehouse(), Mapping.named("rees46"), job);

    assertThatThrownBy(() -> JobDoor.receive(task(job)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Missing secret of the job: clickmill.door.visitors.run-1.load");
  }
}
