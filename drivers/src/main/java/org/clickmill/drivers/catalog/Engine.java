package org.clickmill.drivers.catalog;

import java.util.function.Supplier;

/** A query engine that the tables can be declared to. */
public enum Engine {
  /** 4.0 and newer. */
  HIVE(HiveDdl::new),
  SPARK(SparkDdl::new),
  TRINO(TrinoDdl::new),
  DUCKDB(DuckDbDdl::new);

  private final Supplier<Ddl> ddl;

  Engine(Supplier<Ddl> ddl) {
    this.ddl = ddl;
  }

  /** How the engine declares a table. */
  public Ddl ddl() {
    return ddl.get();
  }
}
