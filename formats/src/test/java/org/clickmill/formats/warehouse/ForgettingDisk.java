package org.clickmill.formats.warehouse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What a local disk has below a folder when the power fails. What was not synced until then may be
 * forgotten: of files what they hold, of folders the names in them. As on journaling file systems,
 * steps reach the disk in their order, and the two names of a rename together; those in a folder
 * that is synced before earlier ones elsewhere.
 *
 * <p>Safe for use by several threads.
 */
public final class ForgettingDisk {
  private final Path root;
  private final Node top;
  private final List<Step> unsynced = new ArrayList<>();
  private long syncs;

  /** A file or a folder, as it is seen and as it is on the disk. */
  private static final class Node {
    private final boolean isFolder;
    private final Map<String, Node> seen = new TreeMap<>();
    private final Map<String, Node> kept = new TreeMap<>();
    private byte[] content = {};

    Node(boolean isFolder) {
      this.isFolder = isFolder;
    }
  }

  /** A step that is seen and may not be on the disk. */
  private record Step(List<Node> folders, Runnable reach) {}

  /**
   * @param root a folder, all of which is on the disk
   */
  public ForgettingDisk(Path root) throws IOException {
    this.root = root;
    this.top = scan(root);
  }

  private static Node scan(Path path) throws IOException {
    var node = new Node(Files.isDirectory(path));
    if (!node.isFolder) {
      node.content = Files.readAllBytes(path);
      return node;
    }
    try (var children = Files.list(path)) {
      for (var child : children.toList()) {
        node.seen.put(child.getFileName().toString(), scan(child));
      }
    }
    node.kept.putAll(node.seen);
    return node;
  }

  /** Whether a path is the folder or below it. */
  boolean has(Path path) {
    return path.startsWith(root);
  }

  /** How often something was synced. */
  synchronized long syncs() {
    return syncs;
  }

  /** What is seen there, or null. */
  private Node node(Path path) {
    var node = top;
    if (!path.equals(root)) {
      for (var name : root.relativize(path)) {
        if (node == null) {
          return null;
        }
        node = node.seen.get(name.toString());
      }
    }
    return node;
  }

  private Node parent(Path path) {
    return node(path.getParent());
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private void put(Path path, Node node) {
    var folder = parent(path);
    var name = name(path);
    folder.seen.put(name, node);
    unsynced.add(new Step(List.of(folder), () -> folder.kept.put(name, node)));
  }

  synchronized void created(Path path, boolean isFolder) {
    put(path, new Node(isFolder));
  }

  /** Cutting a file off may reach the disk before what is written then. */
  synchronized void opened(Path file) {
    var node = node(file);
    if (node == null) {
      put(file, new Node(false));
    } else {
      node.content = new byte[0];
    }
  }

  synchronized void linked(Path file, Path name) {
    put(name, node(file));
  }

  synchronized void moved(Path from, Path to) {
    var source = parent(from);
    var target = parent(to);
    var oldName = name(from);
    var newName = name(to);
    var node = source.seen.remove(oldName);
    target.seen.put(newName, node);
    unsynced.add(
        new Step(
            List.of(source, target),
            () -> {
              source.kept.remove(oldName);
              target.kept.put(newName, node);
            }));
  }

  synchronized void deleted(Path path) {
    var folder = parent(path);
    var name = name(path);
    folder.seen.remove(name);
    unsynced.add(new Step(List.of(folder), () -> folder.kept.remove(name)));
  }

  synchronized void forced(Path path) throws IOException {
    syncs++;
    var node = node(path);
    if (node == null) {
      throw new java.nio.file.NoSuchFileException(path.toString());
    }
    if (!node.isFolder) {
      node.content = Files.readAllBytes(path);
      return;
    }
    var folders = new HashSet<Node>();
    folders.add(node);
    var reached = new ArrayList<Step>();
    for (int i = unsynced.size() - 1; i >= 0; i--) {
      var step = unsynced.get(i);
      if (!Collections.disjoint(folders, step.folders())) {
        folders.addAll(step.folders());
        reached.add(0, unsynced.remove(i));
      }
    }
    reached.forEach(step -> step.reach().run());
  }

  /** The disk reaches some more of the steps that were made, in their order. */
  public synchronized void reachSome(Random random) {
    var reached = unsynced.subList(0, random.nextInt(unsynced.size() + 1));
    reached.forEach(step -> step.reach().run());
    reached.clear();
  }

  /** Writes into a new folder what is found on the disk when the power is back. */
  public synchronized void restore(Path folder) throws IOException {
    restore(top, folder, new HashMap<>());
  }

  private static void restore(Node node, Path path, Map<Node, Path> files) throws IOException {
    if (!node.isFolder) {
      var other = files.putIfAbsent(node, path);
      if (other == null) {
        Files.write(path, node.content);
      } else {
        Files.createLink(path, other);
      }
      return;
    }
    Files.createDirectories(path);
    for (var child : node.kept.entrySet()) {
      restore(child.getValue(), path.resolve(child.getKey()), files);
    }
  }
}
