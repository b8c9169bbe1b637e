package org.clickmill.jobs.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Disk;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.kernel.StagedFiles.StagedFile;

/**
 * The loader's commits, numbered from 1 without a gap, and where their files lie. Only the newest
 * one may not be carried out yet.
 */
final class CommitLog {
  private static final String NAME_FORMAT = "%010d";
  private static final String EXTENSION = ".json";
  private static final ObjectMapper JSON = mapper();

  private final Warehouse warehouse;
  private final Disk disk;
  private final Path commits;
  private final Path done;

  CommitLog(Warehouse warehouse) {
    this.warehouse = warehouse;
    this.disk = warehouse.disk();
    this.commits = new Path(warehouse.loaderFolder(), "commits");
    this.done = new Path(warehouse.loaderFolder(), "done");
  }

  /**
   * The newest commit.
   *
   * @throws ClickmillException if one before it is missing, or it is damaged
   */
  Optional<Commit> last() throws IOException {
    long sequence = 0;
    for (var name : names()) {
      sequence++;
      if (!name.equals(name(sequence))) {
        throw ClickmillException.failed(
            "Missing commit: %s (%s is there). Without it nobody knows which records are in the"
                + " warehouse. Bring the file back from a backup or a snapshot; nothing was loaded.",
            path(sequence), new Path(commits, name));
      }
    }
    return sequence == 0 ? Optional.empty() : Optional.of(read(sequence));
  }

  private List<String> names() throws IOException {
    return Arrays.stream(disk.list(commits))
        .map(status -> status.getPath().getName())
        .filter(name -> name.endsWith(EXTENSION))
        .sorted()
        .toList();
  }

  /**
   * A commit by its number.
   *
   * @throws ClickmillException if it is missing or damaged
   */
  Commit read(long sequence) throws IOException {
    var path = path(sequence);
    Commit commit;
    try (InputStream in = warehouse.fileSystem().open(path)) {
      var tree = JSON.readTree(in);
      int format = tree.path("formatVersion").asInt();
      if (format > Commit.FORMAT_VERSION) {
        throw ClickmillException.failed(
            "Cannot read commit %s: its format version is %d, this suite knows %d (use a newer"
                + " suite)",
            path, format, Commit.FORMAT_VERSION);
      }
      commit = JSON.treeToValue(tree, Commit.class);
    } catch (JsonProcessingException | NullPointerException e) {
      throw damaged(path, e.getMessage(), e);
    }
    if (commit == null || commit.sequence() != sequence || commit.runId() == null) {
      throw damaged(path, "a field is missing or not its own", null);
    }
    return commit;
  }

  private static ClickmillException damaged(Path path, String reason, Exception cause) {
    return ClickmillException.failed(
        "Invalid commit: %s: %s. Without it nobody knows which records are in the warehouse. Bring"
            + " the file back from a backup or a snapshot; nothing was loaded.",
        path, reason, cause);
  }

  /**
   * Commits.
   *
   * @return false if there is a commit of that number
   */
  boolean create(Commit commit) throws IOException {
    var content = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(commit);
    return warehouse.createWhole(commit.runId(), path(commit.sequence()), content);
  }

  /** Whether all that follows from a commit has been carried out. */
  boolean isDone(Commit commit) throws IOException {
    return warehouse.fileSystem().exists(new Path(done, name(commit.sequence())));
  }

  /** Says that a commit has been carried out, and so all before it. */
  void markDone(Commit commit) throws IOException {
    disk.write(new Path(done, name(commit.sequence())), new byte[0]);
    for (var mark : disk.list(done)) {
      if (mark.getPath().getName().compareTo(name(commit.sequence())) < 0) {
        disk.delete(mark.getPath());
      }
    }
  }

  /** Where a file lies before the commit is carried out. */
  Path staged(Commit commit, StagedFile file) {
    return new Path(warehouse.stagingOf(commit.runId(), file.partition()), file.file().name());
  }

  /** Where a file lies until its hour is sealed, or its late events are folded. */
  Path placed(StagedFile file) {
    return new Path(file.partition().below(warehouse.loaderFolder()), file.file().name());
  }

  /** The beginning of the names of a commit's files. */
  static String filePrefix(long sequence) {
    return String.format(Locale.ROOT, NAME_FORMAT, sequence);
  }

  private Path path(long sequence) {
    return new Path(commits, name(sequence));
  }

  private static String name(long sequence) {
    return filePrefix(sequence) + EXTENSION;
  }

  private static ObjectMapper mapper() {
    var instants = new SimpleModule();
    instants.addSerializer(Instant.class, ToStringSerializer.instance);
    instants.addDeserializer(Instant.class, new InstantParser());
    return JsonMapper.builder().addModule(instants).build();
  }

  private static final class InstantParser extends StdDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    InstantParser() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(
        com.fasterxml.jackson.core.JsonParser parser,
        com.fasterxml.jackson.databind.DeserializationContext context)
        throws IOException {
      var text = parser.getText();
      try {
        return Instant.parse(text);
      } catch (java.time.DateTimeException e) {
        throw context.weirdStringException(text, Instant.class, e.getMessage());
      }
    }
  }
}
