package org.clickmill.formats.warehouse;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.clickmill.formats.warehouse.Manifest.Input;

/**
 * What was published when it was read: the manifests of some datasets over a range of days. A
 * catalog does not change, so a plan made from it can be checked against it later.
 *
 * <p>A partition that has expired is not among the manifests, as nothing can be read of it, but
 * keeps its version.
 */
public final class Catalog {
  private final SortedMap<Partition, Manifest> manifests;
  private final SortedMap<Partition, Manifest> expired;
  private final LocalDate firstDay;

  /**
   * A period of days.
   *
   * @param from first day, or null for all
   * @param to last day, or null for all
   */
  public record Days(LocalDate from, LocalDate to) {}

  private Catalog(SortedMap<Partition, Manifest> all, LocalDate firstDay) {
    var there = new TreeMap<Partition, Manifest>();
    this.expired = new TreeMap<>();
    all.forEach(
        (partition, manifest) ->
            (manifest.hasExpired() ? expired : there).put(partition, manifest));
    this.manifests = Collections.unmodifiableSortedMap(there);
    this.firstDay = firstDay;
  }

  /**
   * Reads the manifests of datasets.
   *
   * @param from first day, or null for all
   * @param to last day, or null for all
   */
  public static Catalog read(
      Warehouse warehouse, Collection<String> datasets, LocalDate from, LocalDate to)
      throws IOException {
    var days = new TreeMap<String, Days>();
    datasets.forEach(dataset -> days.put(dataset, new Days(from, to)));
    return read(warehouse, days);
  }

  /** Reads the manifests of each dataset over the days that are named for it. */
  public static Catalog read(Warehouse warehouse, SortedMap<String, Days> datasets)
      throws IOException {
    var all = new TreeMap<Partition, Manifest>();
    for (var entry : datasets.entrySet()) {
      var days = entry.getValue();
      all.putAll(warehouse.manifests(entry.getKey(), days.from(), days.to()));
    }
    var known = new TreeSet<LocalDate>();
    for (var dataset : List.of(Datasets.EVENTS, Datasets.EVENTS_DAILY)) {
      known.addAll(warehouse.days(dataset));
    }
    return new Catalog(all, known.isEmpty() ? null : known.first());
  }

  /** A catalog of manifests; the first day is that of the events among them. */
  public static Catalog of(SortedMap<Partition, Manifest> manifests) {
    var first =
        manifests.keySet().stream()
            .filter(
                partition ->
                    partition.dataset().equals(Datasets.EVENTS)
                        || partition.dataset().equals(Datasets.EVENTS_DAILY))
            .map(Partition::day)
            .min(Comparator.naturalOrder());
    return new Catalog(manifests, first.orElse(null));
  }

  /**
   * The first day that the warehouse has events of, whichever days this catalog was read for; null
   * if it has none. Before it there is nothing, and nothing is missing.
   */
  public LocalDate firstDay() {
    return firstDay;
  }

  public Optional<Manifest> manifest(Partition partition) {
    return Optional.ofNullable(manifests.get(partition));
  }

  /** What is left of a partition that has expired; empty if it is there, or never was. */
  public Optional<Manifest> expired(Partition partition) {
    return Optional.ofNullable(expired.get(partition));
  }

  /** Whether a partition is there, or was and has expired. */
  public boolean isKnown(Partition partition) {
    return manifests.containsKey(partition) || expired.containsKey(partition);
  }

  /** The version of a partition, which it keeps when it expires; 0 while it is absent. */
  public int version(Partition partition) {
    return known(partition).map(Manifest::version).orElse(0);
  }

  /** The revision of a partition, 0 while it is absent. */
  public int revision(Partition partition) {
    return known(partition).map(Manifest::revision).orElse(0);
  }

  private Optional<Manifest> known(Partition partition) {
    return manifest(partition).or(() -> expired(partition));
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
    return of(manifests, dataset);
  }

  /** What is left of the partitions of one dataset that have expired, by path. */
  public SortedMap<Partition, Manifest> expired(String dataset) {
    return Collections.unmodifiableSortedMap(of(expired, dataset));
  }

  private static SortedMap<Partition, Manifest> of(
      SortedMap<Partition, Manifest> all, String dataset) {
    return all.subMap(new Partition(dataset, ""), new Partition(dataset, "\uffff"));
  }
}
