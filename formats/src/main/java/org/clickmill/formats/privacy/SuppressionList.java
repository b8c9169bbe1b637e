package org.clickmill.formats.privacy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Sensitivity;
import org.clickmill.formats.warehouse.Warehouse;

/**
 * The ids of a warehouse that are forgotten for good: events of them are dropped at the door.
 *
 * <p>It is the file {@code _privacy/suppressed-<n>} with the greatest <em>n</em>. Adding ids makes
 * the next one, which holds all ids before as well, whole and without overwrite, so that of two who
 * add at once one does it again on top of the other's; then the older ones are deleted. A process
 * that is killed leaves the list before or the one after. Ids are never taken off.
 */
public final class SuppressionList {
  /** Below the root of a warehouse, all that is in this package's care. */
  public static final String FOLDER = "_privacy";

  private static final Pattern NAME = Pattern.compile("suppressed-([0-9]{1,9})");
  private static final String KEY_NAME = "suppression-key";
  private static final int ATTEMPTS = 100;

  private final Warehouse warehouse;
  private final Path folder;

  /** Null for that of the settings, or the one beside the list. */
  private final PrivacyKey given;

  public SuppressionList(Warehouse warehouse) {
    this(warehouse, null);
  }

  /** A list whose key is known already, as tasks know it. */
  public SuppressionList(Warehouse warehouse, PrivacyKey key) {
    this.warehouse = warehouse;
    this.folder = new Path(warehouse.root(), FOLDER);
    this.given = key;
  }

  /** How often ids were added; 0 if there is no list. While it stays the same, so does the list. */
  public int generation() throws IOException {
    var generations = generations();
    return generations.isEmpty() ? 0 : generations.lastKey();
  }

  /**
   * The ids on the list; empty if there is none.
   *
   * @throws ClickmillException of kind usage if its key is missing, another one, or readable by
   *     others; of kind failed if the list is damaged
   */
  public Optional<SuppressedIds> read() throws IOException {
    return newest().map(Version::ids);
  }

  private record Version(int generation, SuppressedIds ids) {}

  private Optional<Version> newest() throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var generations = generations();
      if (generations.isEmpty()) {
        return Optional.empty();
      }
      var newest = generations.lastEntry();
      try (var in = warehouse.fileSystem().open(newest.getValue())) {
        byte[] bytes = in.readAllBytes();
        var ids = SuppressedIds.parse(bytes, key(), newest.getValue().toString());
        return Optional.of(new Version(newest.getKey(), ids));
      } catch (FileNotFoundException e) {
        // There is a newer one since.
      }
    }
    throw ClickmillException.held(
        "Cannot read the suppression list in %s: it keeps changing. Run it again.", folder);
  }

  /**
   * Puts ids on the list, which are on the disk when this returns. Those that are on it already
   * change nothing.
   *
   * @param runId of the caller, in whose staging folder files are prepared
   * @param ids as the tables of the warehouse hold them
   * @return how many were not on it before
   * @throws ClickmillException as {@link #read} does
   */
  public int add(String runId, Collection<PersonId> ids) throws IOException {
    if (ids.isEmpty()) {
      return 0;
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var newest = newest();
      var before = newest.isPresent() ? newest.get().ids() : SuppressedIds.none(keyOrNew(runId));
      var after = before.plus(ids);
      if (after == before) {
        return 0;
      }
      int next = newest.map(Version::generation).orElse(0) + 1;
      var file = new Path(folder, "suppressed-" + next);
      if (warehouse.createWhole(runId, file, after.toBytes(), Sensitivity.PERSONAL)
          && isNewest(next)) {
        warehouse.syncFolder(folder);
        deleteBefore(next);
        return after.size() - before.size();
      }
    }
    throw ClickmillException.held(
        "Cannot add to the suppression list in %s: others keep adding. Run it again.", folder);
  }

  /**
   * Not, where others have added twice meanwhile and deleted the first: the name was free again.
   */
  private boolean isNewest(int generation) throws IOException {
    return generation() == generation;
  }

  private void deleteBefore(int generation) throws IOException {
    for (var old : generations().headMap(generation).values()) {
      warehouse.disk().delete(old);
    }
  }

  private TreeMap<Integer, Path> generations() throws IOException {
    var generations = new TreeMap<Integer, Path>();
    for (var status : warehouse.disk().list(folder)) {
      var name = NAME.matcher(status.getPath().getName());
      if (name.matches()) {
        generations.put(Integer.valueOf(name.group(1)), status.getPath());
      }
    }
    return generations;
  }

  /**
   * The key of the list.
   *
   * @throws ClickmillException of kind usage if it is missing, too short or readable by others
   */
  public PrivacyKey key() throws IOException {
    if (given != null) {
      return given;
    }
    var file = PrivacySettings.SUPPRESSION_KEY_FILE.get(warehouse.configuration());
    return file == null
        ? PrivacyKey.read(warehouse.fileSystem(), madeKey())
        : PrivacyKey.read(file, warehouse.configuration());
  }

  private PrivacyKey keyOrNew(String runId) throws IOException {
    var file = PrivacySettings.SUPPRESSION_KEY_FILE.get(warehouse.configuration());
    if (given == null && file == null) {
      // Where there is one, of another process or of one that died, it stays.
      var made = PrivacyKey.random().bytes();
      if (warehouse.createWhole(runId, madeKey(), made, Sensitivity.SECRET)) {
        warehouse.syncFolder(folder);
      }
    }
    return key();
  }

  private Path madeKey() {
    return new Path(folder, KEY_NAME);
  }
}
