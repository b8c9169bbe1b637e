package org.clickmill.drivers.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Manifest.Input;

/** Why a partition was made again: in what two of its manifests differ, apart from the rows. */
final class ManifestChanges {
  private ManifestChanges() {}

  /** Each difference as a phrase; none where the same was made of the same. */
  static List<String> between(Manifest before, Manifest after) {
    var changes = new ArrayList<String>();
    var versions = versions(before);
    var now = versions(after);
    for (var name : union(versions, now)) {
      var old = versions.get(name);
      var current = now.get(name);
      if (!Objects.equals(old, current)) {
        changes.add(
            old == null
                ? name + " came in at version " + current
                : current == null
                    ? name + " is no input any more"
                    : name + " from version " + old + " to " + current);
      }
    }
    for (var name : union(before.settings(), after.settings())) {
      var old = before.settings().get(name);
      var current = after.settings().get(name);
      if (!Objects.equals(old, current)) {
        changes.add(name + " from " + old + " to " + current);
      }
    }
    if (before.logicVersion() != after.logicVersion()) {
      changes.add("logic version from " + before.logicVersion() + " to " + after.logicVersion());
    }
    long files =
        after.sources().stream().filter(source -> !before.sources().contains(source)).count();
    if (files > 0) {
      changes.add(files + (files == 1 ? " file" : " files") + " imported");
    }
    return changes;
  }

  private static TreeSet<String> union(Map<String, ?> first, Map<String, ?> second) {
    var names = new TreeSet<>(first.keySet());
    names.addAll(second.keySet());
    return names;
  }

  private static Map<String, Integer> versions(Manifest manifest) {
    return manifest.inputs().stream()
        .collect(
            Collectors.toMap(
                input -> input.where().toString(),
                Input::version,
                (first, second) -> first,
                TreeMap::new));
  }
}
