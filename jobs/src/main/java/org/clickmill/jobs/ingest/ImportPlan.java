package org.clickmill.jobs.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.mapping.Mapping;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Manifest.Source;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.Hours;

/**
 * Which files an import reads, and which published hours it must write again.
 *
 * @param files not in the warehouse yet, or not whole
 * @param replaced identities of files that are in the warehouse with other bytes or by another
 *     mapping
 * @param carried the hours that hold rows of these
 */
record ImportPlan(
    List<SourceFile> files, Set<String> replaced, SortedMap<Partition, Manifest> carried) {

  static ImportPlan of(
      List<SourceFile> found,
      Mapping mapping,
      boolean replace,
      Catalog catalog,
      ImportRecords records)
      throws IOException {
    var hoursByIdentity = hoursByIdentity(catalog);
    var files = new ArrayList<SourceFile>();
    var replaced = new HashSet<String>();
    var carried = new TreeMap<Partition, Manifest>();
    var fingerprint = mapping.fingerprint();
    for (var file : found) {
      var source = new Source(file.identity(), file.checksum(), fingerprint);
      var record = records.find(file.identity());
      if (record.isPresent() && record.get().equals(source)) {
        continue;
      }
      var hours = hoursByIdentity.getOrDefault(file.identity(), Map.of());
      boolean changed =
          record.isPresent() || hours.values().stream().anyMatch(other -> !other.equals(source));
      if (!changed) {
        files.add(file.withHoursDone(hours.keySet().stream().map(Hours::of).sorted().toList()));
        continue;
      }
      if (!replace) {
        throw ClickmillException.usage(
            "Cannot import %s again: it was imported as '%s' before, with other bytes or by another"
                + " mapping. Use --replace to put its new rows in the place of the old, or"
                + " --source-name if it is another source's.",
            file.path(), file.identity());
      }
      files.add(file);
      replaced.add(file.identity());
      for (var partition : hours.keySet()) {
        carried.put(
            partition,
            catalog
                .manifest(partition)
                .orElseThrow(
                    () ->
                        ClickmillException.usage(
                            "Cannot replace %s: it has events in %s, which has expired"
                                + " (clickmill.expire)",
                            file.path(), partition)));
      }
    }
    return new ImportPlan(files, replaced, carried);
  }

  private static Map<String, Map<Partition, Source>> hoursByIdentity(Catalog catalog) {
    var hours = new HashMap<String, Map<Partition, Source>>();
    // A file is known by hours that have expired, too, so that it does not bring them back.
    for (var manifests :
        List.of(catalog.manifests(Datasets.EVENTS), catalog.expired(Datasets.EVENTS))) {
      manifests.forEach(
          (partition, manifest) -> {
            for (var source : manifest.sources()) {
              hours
                  .computeIfAbsent(source.identity(), identity -> new HashMap<>())
                  .put(partition, source);
            }
          });
    }
    return hours;
  }
}
