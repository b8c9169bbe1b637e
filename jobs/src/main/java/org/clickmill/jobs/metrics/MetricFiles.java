package org.clickmill.jobs.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;

/** The files of the metrics that the settings name. */
public final class MetricFiles {
  /** The texts, once they are read. */
  private static final String TEXTS = "clickmill.internal.metrics";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** No metric is longer, by far. */
  private static final long MOST_BYTES = 1 << 20;

  private MetricFiles() {}

  /**
   * Reads the files of the settings into the configuration, where all that follows finds their
   * texts.
   *
   * @throws ClickmillException of kind usage if one cannot be read
   */
  public static void load(Configuration configuration) {
    var texts = read(configuration);
    if (texts.isEmpty()) {
      return;
    }
    try {
      configuration.set(TEXTS, JSON.writeValueAsString(texts));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The texts of all metrics, those that were {@linkplain #load loaded} if any were.
   *
   * @throws ClickmillException of kind usage if one cannot be read
   */
  public static List<MetricText> of(Configuration configuration) {
    var loaded = configuration.getRaw(TEXTS);
    if (loaded == null) {
      return read(configuration);
    }
    try {
      return List.of(JSON.readValue(loaded, MetricText[].class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Invalid setting " + TEXTS, e);
    }
  }

  /**
   * Reads a file, or all of a folder that end with .yaml or .yml, of the local file system or of
   * any that Hadoop knows.
   *
   * @throws ClickmillException of kind usage if one cannot be read
   */
  public static List<MetricText> read(String path, Configuration configuration) {
    var texts = new ArrayList<MetricText>();
    try {
      for (var file : files(new Path(path), configuration)) {
        texts.add(text(file.toString(), file, configuration));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(path, e);
    }
    return texts;
  }

  private static List<MetricText> read(Configuration configuration) {
    return MetricSettings.METRICS.get(configuration).stream()
        .flatMap(path -> read(path, configuration).stream())
        .toList();
  }

  private static ClickmillException unreadable(String path, Exception cause) {
    return cause instanceof FileNotFoundException
        ? ClickmillException.usage(
            "Missing metric: %s (neither a file nor a folder; see %s)",
            path, MetricSettings.METRICS, cause)
        : ClickmillException.usage("Cannot read metric %s: %s", path, cause.getMessage(), cause);
  }

  /** A file, or those of a folder by their names. */
  private static List<Path> files(Path path, Configuration configuration) throws IOException {
    var fileSystem = fileSystem(path, configuration);
    if (!fileSystem.getFileStatus(path).isDirectory()) {
      return List.of(path);
    }
    return Arrays.stream(fileSystem.listStatus(path))
        .filter(status -> status.isFile())
        .map(status -> new Path(path, status.getPath().getName()))
        .filter(file -> file.getName().endsWith(".yaml") || file.getName().endsWith(".yml"))
        .sorted()
        .toList();
  }

  private static FileSystem fileSystem(Path path, Configuration configuration) throws IOException {
    boolean isLocal =
        !path.toUri().isAbsolute() && Files.exists(java.nio.file.Path.of(path.toString()));
    return isLocal ? FileSystem.getLocal(configuration) : path.getFileSystem(configuration);
  }

  private static MetricText text(String origin, Path path, Configuration configuration)
      throws IOException {
    var fileSystem = fileSystem(path, configuration);
    if (fileSystem.getFileStatus(path).getLen() > MOST_BYTES) {
      throw new IOException("it is larger than 1 MB");
    }
    byte[] bytes;
    try (var in = fileSystem.open(path)) {
      bytes = in.readAllBytes();
    }
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new MetricText(origin, text);
    } catch (CharacterCodingException e) {
      throw new IOException("it is not UTF-8 text", e);
    }
  }
}
