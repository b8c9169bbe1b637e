package org.clickmill.formats.privacy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Warehouse;

/**
 * The keys by which ids are hashed at the door, as the settings name them. With the first events
 * the warehouse keeps what depends on the key and does not reveal it, {@code
 * _privacy/user-id-key-check}, so that ids are hashed by one key or not at all, and match.
 */
public final class IdHashKeys {
  private static final int CHECK_BYTES = 16;

  private final Warehouse warehouse;

  public IdHashKeys(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * The key of ids of a kind; empty if they are not hashed.
   *
   * @throws ClickmillException of kind usage if the key cannot be used, is not the one by which ids
   *     of the warehouse are hashed, or is missing and ids are hashed
   */
  public Optional<PrivacyKey> find(IdKind kind) throws IOException {
    var setting = setting(kind);
    var file = setting.get(warehouse.configuration());
    var kept = kept(kind);
    if (file == null) {
      if (kept.isPresent()) {
        throw ClickmillException.usage(
            "Missing %s: the %s of %s are hashed. Name the file of their key.",
            setting, text(kind), warehouse.root());
      }
      return Optional.empty();
    }
    var key = PrivacyKey.read(file, warehouse.configuration());
    if (kept.isPresent() && !kept.get().equals(check(key))) {
      throw ClickmillException.usage(
          "Cannot use key file %s: the %s of %s are hashed with another key, and would not match"
              + " (%s)",
          file, text(kind), warehouse.root(), setting);
    }
    return Optional.of(key);
  }

  /**
   * The key of ids of a kind, for what is about to bring in events: from now on the warehouse takes
   * no other.
   *
   * @param runId of the caller, in whose staging folder a file is prepared
   * @throws ClickmillException as {@link #find} does, and of kind usage if the warehouse has events
   *     already whose ids are not hashed
   */
  Optional<PrivacyKey> claim(String runId, IdKind kind) throws IOException {
    var key = find(kind);
    if (key.isEmpty() || kept(kind).isPresent()) {
      return key;
    }
    if (hasEvents()) {
      throw ClickmillException.usage(
          "Cannot hash %s in %s: it has events already whose ids are in the clear, and would not"
              + " match. Import and load into a new warehouse, or leave %s unset.",
          text(kind), warehouse.root(), setting(kind));
    }
    byte[] content = check(key.get()).getBytes(StandardCharsets.US_ASCII);
    if (warehouse.createWhole(runId, path(kind), content)) {
      warehouse.syncFolder(path(kind).getParent());
    }
    // Another process may have been first, with another key.
    return find(kind);
  }

  private boolean hasEvents() throws IOException {
    return !warehouse.days(Datasets.EVENTS).isEmpty()
        || warehouse.disk().list(new Path(warehouse.loaderFolder(), "commits")).length > 0;
  }

  private Optional<String> kept(IdKind kind) throws IOException {
    try (var in = warehouse.fileSystem().open(path(kind))) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  private Path path(IdKind kind) {
    var name = kind == IdKind.USER ? "user-id-key-check" : "visitor-id-key-check";
    return new Path(new Path(warehouse.root(), SuppressionList.FOLDER), name);
  }

  private static String check(PrivacyKey key) {
    byte[] derived = key.derived("hashed ids: check").bytes();
    return HexFormat.of().formatHex(Arrays.copyOf(derived, CHECK_BYTES));
  }

  static ConfigKey<String> setting(IdKind kind) {
    return kind == IdKind.USER
        ? PrivacySettings.USER_ID_HASH_KEY_FILE
        : PrivacySettings.VISITOR_ID_HASH_KEY_FILE;
  }

  private static String text(IdKind kind) {
    return kind == IdKind.USER ? "user ids" : "visitor ids";
  }
}
