package org.clickmill.benchmarks;

import java.util.Set;

/** The tables of results. */
enum Table {
  A,
  B,
  PATH,
  IMPORT,
  STREAMING,
  COMPACT,
  SLOTS,
  SCALE,
  METRICS,
  LOAD,
  FRESH;

  /** Who can be asked beside Clickmill. */
  Set<Peer> peers() {
    return switch (this) {
      case A, B, PATH -> Set.of(Peer.DUCKDB, Peer.SPARK);
      case IMPORT -> Set.of(Peer.DUCKDB);
      case STREAMING -> Set.of(Peer.STREAMING);
      case COMPACT -> Set.of(Peer.SPARK);
      case SLOTS, SCALE, METRICS, FRESH -> Set.of();
      case LOAD -> Set.of(Peer.SPARK, Peer.CONSUMER);
    };
  }
}
