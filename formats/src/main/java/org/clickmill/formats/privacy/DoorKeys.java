package org.clickmill.formats.privacy;

import java.io.IOException;
import java.util.Optional;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Warehouse;

/**
 * What the driver of an import or a load knows of the door, and its tasks are told as secrets.
 *
 * @param users the key by which user ids are hashed; null if they are not
 * @param visitors the key by which visitor ids are hashed; null if they are not
 * @param suppression the key of the suppression list; null if there is no list
 * @param generation of the suppression list when this was read; 0 for none
 */
public record DoorKeys(
    PrivacyKey users, PrivacyKey visitors, PrivacyKey suppression, int generation) {

  /**
   * The keys for what is about to bring events into a warehouse.
   *
   * @param runId of the caller
   * @throws ClickmillException of kind usage if a key is missing, another one than before, or
   *     readable by others
   */
  public static DoorKeys claim(Warehouse warehouse, String runId) throws IOException {
    var keys = new IdHashKeys(warehouse);
    var users = keys.claim(runId, IdKind.USER);
    return of(warehouse, users, keys.claim(runId, IdKind.VISITOR));
  }

  /** The keys for what only looks at events as they would come in. */
  public static DoorKeys find(Warehouse warehouse) throws IOException {
    var keys = new IdHashKeys(warehouse);
    return of(warehouse, keys.find(IdKind.USER), keys.find(IdKind.VISITOR));
  }

  private static DoorKeys of(
      Warehouse warehouse, Optional<PrivacyKey> users, Optional<PrivacyKey> visitors)
      throws IOException {
    var list = new SuppressionList(warehouse);
    int generation = list.generation();
    // The list is read as well, so that it is the driver that says if it is damaged.
    var suppression = generation == 0 || list.read().isEmpty() ? null : list.key();
    return new DoorKeys(users.orElse(null), visitors.orElse(null), suppression, generation);
  }

  /** Whether events come in as they are. */
  public boolean isNone() {
    return users == null && visitors == null && suppression == null;
  }

  /** The door, for one thread; null if events come in as they are, so that nothing is asked. */
  public Door open(Warehouse warehouse) throws IOException {
    if (isNone()) {
      return null;
    }
    var list = suppression == null ? null : new SuppressionList(warehouse, suppression);
    return new Door(
        users == null ? null : new IdHash(users),
        visitors == null ? null : new IdHash(visitors),
        list == null ? null : list.read().map(SuppressedIds::lookup).orElse(null));
  }

  /**
   * Fails if somebody was put on the suppression list since this was read: their events may have
   * come in. To be called right before a commit.
   *
   * @throws ClickmillException of kind held
   */
  public void requireUnchanged(Warehouse warehouse) throws IOException {
    if (new SuppressionList(warehouse).generation() != generation) {
      throw ClickmillException.held(
          "Cannot commit: ids were put on the suppression list while this ran. Nothing of it is in"
              + " the warehouse; run it again.");
    }
  }
}
