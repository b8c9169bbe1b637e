package org.clickmill.benchmarks;

import java.util.Locale;

/** How the broker keeps the batches of a topic. */
enum TopicCompression {
  ZSTD,
  UNCOMPRESSED;

  /** What the broker calls it. */
  String brokerSetting() {
    return name().toLowerCase(Locale.ROOT);
  }
}
