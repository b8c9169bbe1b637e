package org.clickmill.jobs.kernel;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.warehouse.Catalog;

/**
 * An analysis: its tables, and how they are folded and merged. Analyses that read the same dataset
 * share one scan. Implementations have a public constructor without arguments, because tasks make
 * their own; one that has a {@link #definition} has one that takes it.
 */
public interface Analysis extends TableMaker {
  /** What tasks make it from besides its class; null if the class is enough. */
  default String definition() {
    return null;
  }

  /** A fold over one of the datasets that the analysis reads. */
  Fold fold(FoldContext context, Configuration configuration);

  /** The merge of one table; it asks the context which partition it is writing. */
  Merge merge(Table table, MergeContext context, Configuration configuration);

  /**
   * What is read to write some partitions, and where it meets. Unless an analysis knows better,
   * everything that a partition is made from is read, and meets in that partition.
   */
  default List<OutputPartition> outputPartitions(
      Collection<Request> requests, Catalog catalog, Configuration configuration) {
    return requests.stream()
        .map(
            request ->
                new OutputPartition(
                    request.table(),
                    request.start(),
                    request.table().inputs().of(request.start(), catalog.firstDay()).stream()
                        .filter(input -> catalog.manifest(input).isPresent())
                        .collect(Collectors.toUnmodifiableSet())))
        .toList();
  }
}
