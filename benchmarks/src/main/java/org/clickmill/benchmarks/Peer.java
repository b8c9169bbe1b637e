package org.clickmill.benchmarks;

/** Those who are asked the same as Clickmill. */
enum Peer {
  DUCKDB,
  SPARK,
  STREAMING,
  CONSUMER
}
