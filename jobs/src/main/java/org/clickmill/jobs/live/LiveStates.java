package org.clickmill.jobs.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Warehouse;

/** The numbered states of the live days, of which the newest one counts. */
final class LiveStates {
  private static final Pattern NAME = Pattern.compile("[0-9]{10}\\.json");

  /** Older ones are deleted; nobody sleeps while as many others commit and then finds his free. */
  private static final int KEPT = 100;

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final Warehouse warehouse;
  private final Path folder;

  LiveStates(Warehouse warehouse) {
    this.warehouse = warehouse;
    folder = new Path(warehouse.root(), LiveFiles.FOLDER + "/states");
  }

  /**
   * The newest state; empty if there is none.
   *
   * @throws ClickmillException if it is damaged
   */
  Optional<LiveState> last() throws IOException {
    var names = names();
    if (names.isEmpty()) {
      return Optional.empty();
    }
    var path = new Path(folder, names.last());
    try (InputStream in = warehouse.fileSystem().open(path)) {
      var tree = JSON.readTree(in);
      int format = tree.path("formatVersion").asInt();
      if (format > LiveState.FORMAT_VERSION) {
        throw ClickmillException.failed(
            "Cannot read %s: its format version is %d, this suite knows %d (use a newer suite)",
            path, format, LiveState.FORMAT_VERSION);
      }
      return Optional.of(JSON.treeToValue(tree, LiveState.class));
    } catch (JsonProcessingException | IllegalArgumentException | NullPointerException e) {
      throw ClickmillException.failed(
          "Invalid state of the live tables: %s: %s. Delete the folder %s; the next 'clickmill"
              + " live' builds it again.",
          path, e.getMessage(), LiveFiles.FOLDER, e);
    }
  }

  /**
   * Requires that there is no newer state than one.
   *
   * @throws ClickmillException of kind held if there is
   */
  void requireNewest(long sequence) throws IOException {
    var names = names();
    if (!names.isEmpty() && names.last().compareTo(name(sequence)) > 0) {
      throw heldByAnother();
    }
  }

  static ClickmillException heldByAnother() {
    return ClickmillException.held(
        "Cannot update the live tables: another run has done so first (run again)");
  }

  /**
   * Commits a state.
   *
   * @return false if there is one of its number, or was
   */
  boolean create(LiveState state) throws IOException {
    var path = new Path(folder, name(state.sequence()));
    byte[] content;
    try {
      content = JSON.writeValueAsBytes(state);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    if (!warehouse.createWhole(state.runId(), path, content)) {
      return false;
    }
    var names = names();
    if (!names.last().equals(path.getName())) {
      warehouse.disk().delete(path);
      return false;
    }
    warehouse.syncFolder(folder);
    for (var old : names.headSet(name(Math.max(0, state.sequence() - KEPT)))) {
      warehouse.disk().delete(new Path(folder, old));
    }
    return true;
  }

  private SortedSet<String> names() throws IOException {
    return Arrays.stream(warehouse.disk().list(folder))
        .map(status -> status.getPath().getName())
        .filter(NAME.asMatchPredicate())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String name(long sequence) {
    return String.format(Locale.ROOT, "%010d.json", sequence);
  }
}
