package org.clickmill.drivers.oozie;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.warehouse.Warehouse;

/**
 * What Oozie's actions leave in a warehouse: in {@code _oozie/<workflow>/} the reason of each
 * action that failed, as {@code <action>.json}, and the {@code notification.json} about it. Both
 * are only for people; nothing that the suite does depends on them.
 */
final class OozieFolder {
  static final String NAME = "_oozie";
  private static final String NOTIFICATION = "notification.json";
  private static final Duration KEPT = Duration.ofDays(30);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Warehouse warehouse;
  private final Path folder;

  private OozieFolder(Warehouse warehouse) {
    this.warehouse = warehouse;
    this.folder = new Path(warehouse.root(), NAME);
  }

  /**
   * Opens the folder of a warehouse.
   *
   * @throws org.clickmill.formats.failure.ClickmillException if there is no such warehouse
   */
  static OozieFolder open(Path root, Configuration configuration) throws IOException {
    return new OozieFolder(Warehouse.open(root, configuration));
  }

  /** Writes down why an action failed, in the place of what an earlier try has left. */
  void write(Reason reason) throws IOException {
    write(fileOf(reason.workflow(), reason.action()), reason);
  }

  /** Forgets why an action failed, if it has. */
  void removeReason(String workflow, String action) throws IOException {
    warehouse.disk().delete(fileOf(workflow, action));
  }

  /** Why an action failed; empty if nothing was written, or not to the end. */
  Optional<Reason> reason(String workflow, String action) throws IOException {
    try (var in = warehouse.fileSystem().open(fileOf(workflow, action))) {
      return Optional.of(JSON.readValue(in.readAllBytes(), Reason.class));
    } catch (FileNotFoundException | JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** Writes down what people were told about a workflow. */
  void writeNotification(String workflow, Object notification) throws IOException {
    write(new Path(folder, workflow + "/" + NOTIFICATION), notification);
  }

  /** Deletes what workflows have left that nothing was heard of for thirty days. */
  void purge(Instant now) throws IOException {
    long oldest = now.minus(KEPT).toEpochMilli();
    for (var workflow : warehouse.disk().list(folder)) {
      if (workflow.getModificationTime() < oldest) {
        // Another action may do the same; then there is nothing left to delete.
        warehouse.disk().delete(workflow.getPath());
      }
    }
  }

  private Path fileOf(String workflow, String action) {
    return new Path(folder, workflow + "/" + action + ".json");
  }

  private void write(Path file, Object content) throws IOException {
    warehouse.disk().write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
  }
}
