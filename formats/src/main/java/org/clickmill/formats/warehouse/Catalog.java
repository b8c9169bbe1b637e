package org.clickmill.formats.warehouse;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.clickmill.formats.warehouse.Manifest.Input;

/**
 * What was published when it was read: the manifests of some datasets over a range of days. A
 * catalog does not change, so a plan made from it can be checked against it later.
 */
public final class Catalog {
  private final SortedMap<Partition, Manifest> manifests;

  private Catalog(SortedMap<Partition, Manifest> manifests) {
    this.manifests = Collections.unmodifiableSortedMap(manifests);
  }

  /**
   * Reads the manifests of datasets.
   *
   * @param from first day, or null for all
   * @param to last day, or null for all
   */
  public static Catalog read(
      Warehouse warehouse, Collection<String> datasets, LocalDate from, LocalDate to) {
    var all = new TreeMap<Partition, Manifest>();
    for (var dataset : datasets) {
      all.putAll(warehouse.manifests(dataset, from, to));
    }
    return new Catalog(all);
  }

  public static Catalog of(SortedMap<Partition, Manifest> manifests) {
    return new Catalog(new TreeMap<>(manifests));
  }

  public Optional<Manifest> manifest(Partition partition) {
    return Optional.ofNullable(manifests.get(partition));
  }

  /** The version of a partition, 0 while it is absent. */
  public int version(Partition partition) {
    return manifest(partition).map(Manifest::version).orElse(0);
  }

  /** The revision of a partition, 0 while it is absent. */
  public int revision(Partition partition) {
    return manifest(partition).map(Manifest::revision).orElse(0);
  }

  /** Partitions with their versions, as a manifest lists its inputs. */
  public List<Input> inputs(Collection<Partition> partitions) {
    return partitions.stream()
        .map(partition -> new Input(partition.dataset(), partition.path(), version(partition)))
        .toList();
  }

  /** All manifests, by dataset and path. */
  public SortedMap<Partition, Manifest> manifests() {
    return manifests;
  }

  /** The manifests of one dataset, by path. */
  public SortedMap<Partition, Manifest> manifests(String dataset) {
    return manifests.subMap(new Partition(dataset, ""), new Partition(dataset, "\uffff"));
  }
}
