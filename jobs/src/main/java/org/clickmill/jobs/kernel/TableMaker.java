package org.clickmill.jobs.kernel;

import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Something that computes tables. */
public interface TableMaker {
  /** What it is called in reports of runs. */
  String name();

  /** The name of the command that computes its tables. */
  default String command() {
    return name();
  }

  /**
   * Whether the tables that its tables are made from are computed as well, whether or not the
   * settings ask for them.
   */
  default boolean bringsInputs() {
    return false;
  }

  /** All tables that it can write, whether or not the settings ask for them. */
  List<Table> tables();

  /** The tables that {@code pipeline} writes with these settings. */
  default List<Table> tables(Configuration configuration) {
    return tables();
  }
}
