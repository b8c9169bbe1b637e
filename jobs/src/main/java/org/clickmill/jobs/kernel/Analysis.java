package org.clickmill.jobs.kernel;

import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * An analysis: its tables, and how they are folded and merged. Implementations have a public
 * constructor without arguments, because tasks make their own.
 */
public interface Analysis {
  /** The name of its command. */
  String name();

  /** All tables that it can write, whether or not the settings ask for them. */
  List<Table> tables();

  /** The tables that {@code analyze} and {@code pipeline} write with these settings. */
  default List<Table> tables(Configuration configuration) {
    return tables();
  }

  /** A fold that emits to some of the tables, all of one input dataset. */
  Fold fold(Set<String> tables, Configuration configuration);

  /** The merge of one table; it asks the context which partition it is writing. */
  Merge merge(Table table, MergeContext context, Configuration configuration);
}
