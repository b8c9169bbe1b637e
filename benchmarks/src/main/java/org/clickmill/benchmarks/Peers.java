package org.clickmill.benchmarks;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Who is asked beside Clickmill.
 *
 * @param wanted whoever can answer
 */
record Peers(Set<Peer> wanted, ClickmillCommand command, Machine machine) {

  /** Those who can answer what some tables ask. */
  Set<Peer> of(Collection<Table> tables) {
    var asked = EnumSet.noneOf(Peer.class);
    tables.forEach(table -> asked.addAll(table.peers()));
    asked.retainAll(wanted);
    return asked;
  }

  /** Those of them that are asked in SQL, in the order of the results. */
  List<SqlEngine> engines(Collection<Table> tables) {
    return of(tables).stream()
        .filter(peer -> peer == Peer.DUCKDB || peer == Peer.SPARK)
        .map(this::engine)
        .toList();
  }

  private SqlEngine engine(Peer peer) {
    return peer == Peer.DUCKDB
        ? new DuckDb()
        : new Spark(command.benchmarks().resolve("spark"), machine);
  }
}
