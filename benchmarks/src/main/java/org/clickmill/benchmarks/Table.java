package org.clickmill.benchmarks;

import java.util.Set;

/** The tables of results. */
enum Table {
  A(Peer.DUCKDB, Peer.SPARK),
  B(Peer.DUCKDB, Peer.SPARK),
  STREAMING(Peer.STREAMING),
  COMPACT(Peer.SPARK),
  SLOTS,
  SCALE,
  LOAD(Peer.CONSUMER);

  private final Set<Peer> peers;

  Table(Peer... peers) {
    this.peers = Set.of(peers);
  }

  /** Who can be asked beside Clickmill. */
  Set<Peer> peers() {
    return peers;
  }
}
