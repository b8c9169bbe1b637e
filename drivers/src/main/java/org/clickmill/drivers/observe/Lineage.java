package org.clickmill.drivers.observe;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;

/**
 * Where events of OpenLineage go: a file, an address, or both. One that fails is told of once, and
 * gets no more events of this run, which would wait for it in vain.
 */
final class Lineage {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String namespace;
  private final Consumer<String> warnings;
  private Path file;
  private HttpTarget target;

  private Lineage(String namespace, Path file, HttpTarget target, Consumer<String> warnings) {
    this.namespace = namespace;
    this.file = file;
    this.target = target;
    this.warnings = warnings;
  }

  /**
   * As the settings say.
   *
   * @param root of the warehouse, which names the jobs' namespace where no setting does
   */
  static Lineage of(Configuration configuration, String root, Consumer<String> warnings) {
    var named = ObserveSettings.OPENLINEAGE_NAMESPACE.get(configuration);
    var url = ObserveSettings.OPENLINEAGE_URL.get(configuration);
    return new Lineage(
        named == null || named.isEmpty() ? root : named,
        ObserveSettings.OPENLINEAGE_FILE.get(configuration),
        url == null
            ? null
            : new HttpTarget(url, ObserveSettings.OPENLINEAGE_AUTHORIZATION.get(configuration)),
        warnings);
  }

  /** A run of a command. */
  LineageRun run(String command, String text) {
    return new LineageRun(this, namespace, command, "COMMAND", text, null);
  }

  /** Says that something is not told. */
  void warn(Exception failure) {
    warnings.accept("Cannot tell of lineage: " + Reason.of(failure));
  }

  /** Sends an event; steps that run side by side take turns. */
  synchronized void send(RunEvent event) {
    if (file == null && target == null) {
      return;
    }
    byte[] document;
    try {
      document = JSON.writeValueAsBytes(event.json());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    append(document);
    post(document);
  }

  private void append(byte[] document) {
    if (file == null) {
      return;
    }
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      // Until the channel is closed: other commands append to the same file.
      channel.lock();
      var line = ByteBuffer.allocate(document.length + 1);
      line.put(document).put("\n".getBytes(StandardCharsets.US_ASCII)).flip();
      while (line.hasRemaining()) {
        channel.write(line);
      }
    } catch (IOException e) {
      warnings.accept("Cannot append lineage to " + file + ": " + Reason.of(e));
      file = null;
    }
  }

  private void post(byte[] document) {
    if (target == null) {
      return;
    }
    try {
      target.post("", "application/json", document);
    } catch (IOException e) {
      warnings.accept("Cannot send lineage to " + target + ": " + Reason.of(e));
      target = null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      target = null;
    }
  }
}
