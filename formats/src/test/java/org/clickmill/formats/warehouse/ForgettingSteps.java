package org.clickmill.formats.warehouse;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * The steps of a local disk whose power fails before one of them. What was not synced until then is
 * forgotten: of files what they hold, of folders the names in them. Steps in one folder reach the
 * disk in their order, and the two names of a rename together.
 */
final class ForgettingSteps extends PosixSteps {
  private final Path root;
  private final Node top;
  private final long failAt;
  private final List<Step> unsynced = new ArrayList<>();
  private long steps;
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

  /** The power failure. */
  static final class PowerFailure extends IOException {
    private static final long serialVersionUID = 1L;

    PowerFailure(String step) {
      super("Power failure before " + step);
    }
  }

  /**
   * @param root a folder, all of which is on the disk
   * @param failAt the step that is not made any more, from 1
   */
  ForgettingSteps(Path root, long failAt) throws IOException {
    this.root = root;
    this.failAt = failAt;
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

  /** How often something was synced. */
  long syncs() {
    return syncs;
  }

  private void step(String what, Path path) throws IOException {
    steps++;
    if (steps >= failAt) {
      throw new PowerFailure(what + " " + path);
    }
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

  private void put(Path path, Node node) {
    var folder = parent(path);
    var name = path.getFileName().toString();
    folder.seen.put(name, node);
    unsynced.add(new Step(List.of(folder), () -> folder.kept.put(name, node)));
  }

  @Override
  void createFile(Path file) throws IOException {
    step("create", file);
    super.createFile(file);
    put(file, new Node(false));
  }

  @Override
  SyncableFile open(File file, boolean append) throws IOException {
    if (!append) {
      step("open", file.toPath());
      if (!file.exists()) {
        put(file.toPath(), new Node(false));
      }
    }
    return super.open(file, append);
  }

  @Override
  boolean createFolder(Path folder) throws IOException {
    step("mkdir", folder);
    boolean created = super.createFolder(folder);
    if (created) {
      put(folder, new Node(true));
    }
    return created;
  }

  @Override
  void link(Path file, Path name) throws IOException {
    step("link", name);
    super.link(file, name);
    put(name, node(file));
  }

  @Override
  void move(Path from, Path to) throws IOException {
    step("move", to);
    super.move(from, to);
    var source = parent(from);
    var target = parent(to);
    var oldName = from.getFileName().toString();
    var newName = to.getFileName().toString();
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

  @Override
  boolean delete(Path path) throws IOException {
    step("delete", path);
    boolean deleted = super.delete(path);
    if (deleted) {
      var folder = parent(path);
      var name = path.getFileName().toString();
      folder.seen.remove(name);
      unsynced.add(new Step(List.of(folder), () -> folder.kept.remove(name)));
    }
    return deleted;
  }

  @Override
  void force(Path path) throws IOException {
    step("sync", path);
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
  void reachSome(Random random) {
    unsynced.subList(0, random.nextInt(unsynced.size() + 1)).forEach(step -> step.reach().run());
  }

  /** What is found on the disk when the power is back. */
  void restore(Path folder) throws IOException {
    restore(top, folder);
  }

  private static void restore(Node node, Path path) throws IOException {
    if (!node.isFolder) {
      Files.write(path, node.content);
      return;
    }
    Files.createDirectory(path);
    for (var child : node.kept.entrySet()) {
      restore(child.getValue(), path.resolve(child.getKey()));
    }
  }
}
