package org.clickmill.formats.warehouse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;

/**
 * The end of a process before one of its steps on a {@link ForgettingDisk}, none of which is made
 * from then on. The disk may be given to another process then, or restored as after a power
 * failure.
 *
 * <p>{@link #inject} puts it into a configuration; every file system made from that counts.
 */
public final class PowerFailure implements AutoCloseable {
  private static final String KEY = "test.power-failure";
  private static final Map<String, PowerFailure> INJECTED = new ConcurrentHashMap<>();

  private final String id = UUID.randomUUID().toString();
  private final ForgettingDisk disk;
  private final long failAt;
  private final AtomicLong steps = new AtomicLong();

  private PowerFailure(ForgettingDisk disk, long failAt) {
    this.disk = disk;
    this.failAt = failAt;
  }

  /** The failure itself. */
  public static final class Failed extends IOException {
    private static final long serialVersionUID = 1L;

    Failed(String step) {
      super(step);
    }
  }

  /**
   * Makes the file systems of a configuration fail.
   *
   * @param failAt the step that is not made any more, from 1; {@link Long#MAX_VALUE} for none
   */
  public static PowerFailure inject(Configuration configuration, ForgettingDisk disk, long failAt) {
    var failure = new PowerFailure(disk, failAt);
    INJECTED.put(failure.id, failure);
    configuration.set(KEY, failure.id);
    configuration.setClass("fs.file.impl", ForgettingFileSystem.class, AtomicLocalFileSystem.class);
    configuration.setBoolean("fs.file.impl.disable.cache", true);
    return failure;
  }

  static PowerFailure of(Configuration configuration) {
    var failure = INJECTED.get(configuration.get(KEY, ""));
    if (failure == null) {
      throw new IllegalStateException("No power failure injected");
    }
    return failure;
  }

  ForgettingDisk disk() {
    return disk;
  }

  /** Whether it has happened. */
  public boolean happened() {
    return steps.get() >= failAt;
  }

  /** How many steps were tried. */
  public long steps() {
    return steps.get();
  }

  /** Counts a step that is about to be made. */
  void step(String what, Path path) throws IOException {
    long number = steps.incrementAndGet();
    if (number >= failAt) {
      throw new Failed("Power failure at step " + number + ": " + what + " " + path);
    }
  }

  @Override
  public void close() {
    INJECTED.remove(id);
  }
}
