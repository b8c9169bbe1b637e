package org.clickmill.jobs.views;

import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Which columns of the view counts are filled besides the views.
 *
 * @param brand of a product's last event
 * @param categoryCode of a product's last event
 * @param visitors and their sketch
 */
record ViewColumns(boolean brand, boolean categoryCode, boolean visitors) {
  static final List<String> NAMES = List.of("brand", "category_code", "visitors");

  static ViewColumns of(Configuration configuration) {
    var wanted = ViewCounts.COLUMNS.get(configuration);
    return new ViewColumns(
        wanted.contains(NAMES.get(0)),
        wanted.contains(NAMES.get(1)),
        wanted.contains(NAMES.get(2)));
  }

  /** Whether the last event of a product matters, be it a view or not. */
  boolean lastEvent() {
    return brand || categoryCode;
  }
}
