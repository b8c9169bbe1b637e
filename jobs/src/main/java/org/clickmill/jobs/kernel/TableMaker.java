package org.clickmill.jobs.kernel;

import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Something that computes tables. */
public interface TableMaker {
  /** The name of its command. */
  String name();

  /** All tables that it can write, whether or not the settings ask for them. */
  List<Table> tables();

  /** The tables that {@code pipeline} writes with these settings. */
  default List<Table> tables(Configuration configuration) {
    return tables();
  }
}
