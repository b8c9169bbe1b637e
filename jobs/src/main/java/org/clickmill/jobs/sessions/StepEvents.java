package org.clickmill.jobs.sessions;

import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;

/**
 * The events of a visitor on a day as one funnel sees them: times, and the steps that each matches.
 * What cannot change how far the visitor comes is left out.
 */
final class StepEvents {
  private static final long NEVER = -1;

  private final FunnelDefinition definition;
  private final int most;
  private final ByteWriter bytes = new ByteWriter();
  private int size;
  private boolean hasStep;

  /** Of the event that was written last. */
  private long writtenTime;

  /** Of the event that was taken last. */
  private long lastTime = NEVER;

  private int lastMask;

  /** How many equal events in a row there are in instants that have no others. */
  private int equal;

  /** The last instant with events that differ. */
  private long mixedTime = NEVER;

  /** Equal events of the last instant that are left out unless it has others. */
  private int held;

  /**
   * @param most events that are remembered
   */
  StepEvents(FunnelDefinition definition, int most) {
    this.definition = definition;
    this.most = most;
  }

  /**
   * Takes the next event.
   *
   * @param time since the day's beginning, in milliseconds
   * @param mask the steps that it matches, as bits
   */
  void add(long time, int mask) {
    if (mask == 0 && !definition.isStrict()) {
      return;
    }
    boolean isNextInstant = time != lastTime;
    held = isNextInstant ? 0 : held;
    if (lastTime == NEVER || mask != lastMask) {
      if (!isNextInstant) {
        mixedTime = time;
        for (; held > 0; held--) {
          write(time, lastMask);
        }
      }
      equal = 0;
    }
    lastTime = time;
    lastMask = mask;
    equal += time > mixedTime ? 1 : 0;
    if (isRepeated()) {
      held = Math.min(held + 1, definition.steps().size());
    } else {
      write(time, mask);
    }
  }

  /**
   * Whether as many equal events as there are steps came just before. Events of one instant are
   * taken in another order than they come in, so only instants without others count. Where a window
   * bounds how long a chain may take, a later event may begin one that an earlier one cannot.
   */
  private boolean isRepeated() {
    return definition.window() == FunnelDefinition.NO_WINDOW && equal > definition.steps().size();
  }

  private void write(long time, int mask) {
    if (size == most) {
      return;
    }
    bytes.putUnsigned(time - writtenTime).putUnsigned(mask);
    writtenTime = time;
    size++;
    hasStep |= mask != 0;
  }

  /** Whether an event matches a step. */
  boolean hasStep() {
    return hasStep;
  }

  /** What {@link #read} reads. */
  ByteWriter bytes() {
    return bytes;
  }

  void clear() {
    bytes.clear();
    size = 0;
    hasStep = false;
    writtenTime = 0;
    lastTime = NEVER;
    mixedTime = NEVER;
    equal = 0;
    held = 0;
  }

  /**
   * Has a funnel take the events of a day.
   *
   * @param dayStart in milliseconds since the epoch
   */
  static void read(ByteReader source, long dayStart, FunnelState funnel) {
    long time = dayStart;
    while (source.remaining() > 0) {
      time += source.readUnsigned();
      funnel.add(time, (int) source.readUnsigned());
    }
  }
}
