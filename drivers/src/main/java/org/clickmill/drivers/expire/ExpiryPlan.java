package org.clickmill.drivers.expire;

import java.time.LocalDate;
import java.util.List;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Partition;

/**
 * What expires.
 *
 * @param asOf the day that ages are reckoned from
 * @param expiring what is deleted, in order
 * @param kept what would be, but is still needed, in order
 */
record ExpiryPlan(LocalDate asOf, List<Expiring> expiring, List<Kept> kept) {
  ExpiryPlan {
    expiring = List.copyOf(expiring);
    kept = List.copyOf(kept);
  }

  /**
   * A partition that is old enough.
   *
   * @param days for how many days it was to be kept
   */
  record Expiring(Manifest manifest, int days) {}

  /**
   * A partition that is old enough, but needed.
   *
   * @param reason as a clause, such as "sessions/dt=2019-10-02 is not computed yet"
   */
  record Kept(Partition partition, String reason) {}
}
