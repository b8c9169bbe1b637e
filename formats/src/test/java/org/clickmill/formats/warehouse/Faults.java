package org.clickmill.formats.warehouse;

import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A crash to come: the n-th change below a folder fails, and so does every one after it, as if the
 * process had died there. Creating a file and closing it are a change each.
 *
 * <p>{@link #inject} puts it into a configuration; every file system made from that counts.
 */
public final class Faults implements AutoCloseable {
  private static final String KEY = "test.faults";
  private static final Map<String, Faults> INJECTED = new ConcurrentHashMap<>();

  private final String id = UUID.randomUUID().toString();
  private final String below;
  private final long crashAt;
  private final AtomicLong changes = new AtomicLong();

  private final Listener listener;

  private Faults(String below, long crashAt, Listener listener) {
    this.below = below;
    this.crashAt = crashAt;
    this.listener = listener;
  }

  /** Called before each change. */
  @FunctionalInterface
  public interface Listener {
    /**
     * A change.
     *
     * @param what is about to be done, as {@code rename}
     */
    void change(String what, Path path) throws IOException;
  }

  /** The crash itself. */
  public static final class InjectedCrash extends IOException {
    private static final long serialVersionUID = 1L;

    InjectedCrash(String what) {
      super(what);
    }
  }

  /**
   * Makes all file systems of a configuration crash.
   *
   * @param root the folder below which changes count
   * @param crashAt the change that fails first, from 1; {@link Long#MAX_VALUE} for none
   */
  public static Faults inject(Configuration configuration, Path root, long crashAt) {
    return inject(configuration, new Faults(root.toUri().getPath(), crashAt, (what, path) -> {}));
  }

  /** Makes all file systems of a configuration tell of their changes below a folder. */
  public static Faults watch(Configuration configuration, Path root, Listener listener) {
    return inject(configuration, new Faults(root.toUri().getPath(), Long.MAX_VALUE, listener));
  }

  private static Faults inject(Configuration configuration, Faults faults) {
    INJECTED.put(faults.id, faults);
    configuration.set(KEY, faults.id);
    configuration.setClass(
        "fs.file.impl", FaultInjectingFileSystem.class, AtomicLocalFileSystem.class);
    configuration.setBoolean("fs.file.impl.disable.cache", true);
    configuration.set("fs.hdfs.impl", FaultInjectingDistributedFileSystem.class.getName());
    configuration.setBoolean("fs.hdfs.impl.disable.cache", true);
    return faults;
  }

  static Faults of(Configuration configuration) {
    var faults = INJECTED.get(configuration.get(KEY, ""));
    if (faults == null) {
      throw new IllegalStateException("No faults injected");
    }
    return faults;
  }

  /** How many changes were tried. */
  public long changes() {
    return changes.get();
  }

  /** Whether the crash has happened. */
  public boolean crashed() {
    return changes.get() >= crashAt;
  }

  /** Counts a change that is about to be made. */
  void change(String what, Path path) throws IOException {
    if (path.toUri().getPath().startsWith(below)) {
      long number = changes.incrementAndGet();
      if (number >= crashAt) {
        throw new InjectedCrash("Crash at change " + number + ": " + what + " " + path);
      }
      listener.change(what, path);
    }
  }

  /** Fails if the crash has happened, without counting. */
  void requireAlive() throws IOException {
    if (crashed()) {
      throw new InjectedCrash("Crashed");
    }
  }

  @Override
  public void close() {
    INJECTED.remove(id);
  }
}
