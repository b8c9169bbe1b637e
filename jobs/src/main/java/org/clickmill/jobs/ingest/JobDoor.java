package org.clickmill.jobs.ingest;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.security.UserGroupInformation;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.mapping.Mapping;
import org.clickmill.formats.privacy.Door;
import org.clickmill.formats.privacy.DoorKeys;
import org.clickmill.formats.privacy.PrivacyKey;
import org.clickmill.formats.privacy.PrivacySettings;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.Slots;
import org.clickmill.jobs.kernel.StagedJob;
import org.clickmill.jobs.kernel.TaskSetting;

/**
 * The door of a warehouse as the tasks of a job have it. Its keys travel as secrets in the job's
 * credentials; the configuration only says which there are.
 */
public final class JobDoor {
  private static final String SETTING = "clickmill.internal.door";

  private JobDoor() {}

  /** Which keys there are, and where the suppression list lies. */
  private record Present(
      String warehouse, boolean users, boolean visitors, boolean suppression, int generation) {}

  /**
   * Hands the keys to a job, for which nothing is done where there are none.
   *
   * @throws ClickmillException of kind usage if an id that is to be hashed is a constant of the
   *     mapping
   */
  public static void ship(DoorKeys keys, Warehouse warehouse, Mapping mapping, Job job)
      throws IOException {
    if (keys.isNone()) {
      return;
    }
    if (keys.users() != null) {
      mapping.requireNotConstant(EventColumn.USER_ID, PrivacySettings.USER_ID_HASH_KEY_FILE.name());
    }
    if (keys.visitors() != null) {
      mapping.requireNotConstant(
          EventColumn.VISITOR_ID, PrivacySettings.VISITOR_ID_HASH_KEY_FILE.name());
    }
    var configuration = job.getConfiguration();
    var present =
        new Present(
            warehouse.root().toString(),
            keys.users() != null,
            keys.visitors() != null,
            keys.suppression() != null,
            keys.generation());
    TaskSetting.write(configuration, SETTING, present);
    var credentials = new Credentials();
    secrets(keys)
        .forEach(
            (name, key) ->
                credentials.addSecretKey(new Text(secret(configuration, name)), key.bytes()));
    job.getCredentials().addAll(credentials);
    if (Slots.isLocal(configuration)) {
      // The local runner may start tasks before it has given the job its credentials.
      UserGroupInformation.getCurrentUser().addCredentials(credentials);
    }
  }

  private static Map<String, PrivacyKey> secrets(DoorKeys keys) {
    var secrets = new LinkedHashMap<String, PrivacyKey>();
    secrets.put("users", keys.users());
    secrets.put("visitors", keys.visitors());
    secrets.put("suppression", keys.suppression());
    secrets.values().removeIf(key -> key == null);
    return secrets;
  }

  /** What {@link #ship} gave the task's job; null if that was nothing. */
  public static Door receive(TaskAttemptContext context) throws IOException {
    var configuration = context.getConfiguration();
    if (configuration.get(SETTING) == null) {
      return null;
    }
    var present = TaskSetting.read(configuration, SETTING, Present.class);
    var keys =
        new DoorKeys(
            present.users() ? key(context, "users") : null,
            present.visitors() ? key(context, "visitors") : null,
            present.suppression() ? key(context, "suppression") : null,
            present.generation());
    return keys.open(Warehouse.open(new Path(present.warehouse()), configuration));
  }

  /** The generation of the suppression list that tasks know, or a newer one; 0 for none. */
  public static int generation(Configuration configuration) {
    return configuration.get(SETTING) == null
        ? 0
        : TaskSetting.read(configuration, SETTING, Present.class).generation();
  }

  /**
   * Fails if somebody was forgotten while a job ran, and then leaves nothing of what it staged. To
   * be called right before a commit.
   *
   * @throws ClickmillException of kind held
   */
  public static void requireUnchanged(DoorKeys keys, Run run) throws IOException {
    try {
      keys.requireUnchanged(run.warehouse());
    } catch (ClickmillException e) {
      run.warehouse().discardStaging(run.id());
      throw e;
    }
  }

  private static PrivacyKey key(TaskAttemptContext context, String name) throws IOException {
    var secret = new Text(secret(context.getConfiguration(), name));
    var key = context.getCredentials().getSecretKey(secret);
    if (key == null) {
      key = UserGroupInformation.getCurrentUser().getCredentials().getSecretKey(secret);
    }
    if (key == null) {
      throw new IllegalStateException("Missing secret of the job: " + secret);
    }
    return new PrivacyKey(key);
  }

  /** Each job's own, since the jobs of one process may be of several warehouses. */
  private static String secret(Configuration configuration, String name) {
    return "clickmill.door." + name + "." + StagedJob.staging(configuration).getName();
  }
}
