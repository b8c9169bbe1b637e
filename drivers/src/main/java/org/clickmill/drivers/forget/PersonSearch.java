package org.clickmill.drivers.forget;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Manifest.DataFile;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Versions;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.forget.PersonIds;
import org.clickmill.jobs.forget.SearchJob;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.load.UnsealedEvents;

/**
 * Searches what is published, what it has replaced and the loader's files for persons. What was
 * searched once and holds nobody is not searched again, nor what a run has computed of what it
 * left.
 */
final class PersonSearch {
  /** The step in which a run completes the loader's commits, which are searched like others'. */
  static final String LOAD = "load";

  private final Run run;
  private final Warehouse warehouse;
  private final SortedMap<String, TableSchema> schemas;

  /** The revisions that were searched, by partition. */
  private final Map<Partition, Integer> searched = new TreeMap<>();

  /**
   * @param run whose own partitions hold nobody
   * @param schemas of the datasets that may hold persons
   */
  PersonSearch(Run run, SortedMap<String, TableSchema> schemas) {
    this.run = run;
    this.warehouse = run.warehouse();
    this.schemas = schemas;
  }

  /**
   * What holds the persons.
   *
   * @param published the partitions, with the number of their rows
   * @param replaced the folders of the revisions in the trash
   * @param unsealed the loader's files, with the number of their rows
   */
  record Holders(
      Catalog catalog,
      SortedMap<Partition, Long> published,
      Set<Path> replaced,
      SortedMap<String, Long> unsealed) {}

  /**
   * Searches all that may hold them.
   *
   * @param step a run for the job alone, whose staging folder goes at the end
   * @param loaded the loader's files, if it has any
   */
  Holders find(Run step, PersonIds ids, Optional<UnsealedEvents> loaded)
      throws IOException, InterruptedException {
    var datasets = new TreeSet<>(warehouse.datasets());
    datasets.addAll(schemas.keySet());
    var catalog = Catalog.read(warehouse, datasets, null, null);
    var partitions = new TreeMap<String, Partition>();
    var folders = new TreeMap<String, Path>();
    var files = new ArrayList<InputFile>();
    for (var dataset : schemas.keySet()) {
      for (var manifest : catalog.manifests(dataset).values()) {
        if (isToSearch(manifest)) {
          for (var file : InputFile.of(warehouse, manifest.where(), manifest)) {
            partitions.put(file.path(), manifest.where());
            files.add(file);
          }
        }
      }
      for (var version : Versions.replaced(warehouse, dataset)) {
        var replaced = isOwn(version.manifest()) ? List.<DataFile>of() : version.manifest().files();
        for (var data : replaced) {
          var path = version.folder() + "/" + data.name();
          folders.put(path, version.folder());
          files.add(new InputFile(path, version.manifest().where(), data.bytes()));
        }
      }
    }
    loaded.ifPresent(unsealed -> files.addAll(unsealed.files()));
    var hits = new SearchJob(step, ids, schemas).run(files);
    warehouse.discardStaging(step.id());
    catalog
        .manifests()
        .forEach((partition, manifest) -> searched.put(partition, manifest.revision()));
    var published = new TreeMap<Partition, Long>();
    var replaced = new LinkedHashSet<Path>();
    var unsealed = new TreeMap<String, Long>();
    hits.forEach(
        (path, rows) -> {
          if (partitions.containsKey(path)) {
            published.merge(partitions.get(path), rows, Long::sum);
          } else if (folders.containsKey(path)) {
            replaced.add(folders.get(path));
          } else {
            unsealed.put(path, rows);
          }
        });
    return new Holders(catalog, published, replaced, unsealed);
  }

  /** What is computed again is made of what is left; what the loader had left open is not. */
  private boolean isOwn(Manifest manifest) {
    var runId = manifest.runId();
    return runId.startsWith(run.id()) && !runId.startsWith(run.id() + "." + LOAD);
  }

  private boolean isToSearch(Manifest manifest) {
    return !isOwn(manifest) && searched.getOrDefault(manifest.where(), 0) != manifest.revision();
  }
}
