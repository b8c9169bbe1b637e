package org.clickmill.jobs.sessions;

import java.util.Arrays;
import org.clickmill.jobs.kernel.TextDictionary;

/**
 * The chains of events that a fold has in hand: for each visitor the events so far with no gap
 * between them. Events lie in one pool of columns and are linked; so are the chains, from the one
 * whose last event is oldest to the newest, so that those which time has passed by are found
 * without a search. What is removed makes room for more.
 */
final class Chains {
  static final int NONE = -1;

  private static final int KINDS = 3;

  private final SessionEvents events;
  private int[] nextEvent = new int[64];
  private int freeEvent = NONE;
  private int eventsInUse;

  private int[] first = new int[64];
  private int[] last = new int[64];
  private int[] sizes = new int[64];
  private byte[] kinds = new byte[64];
  private int[] visitors = new int[64];
  private int[] older = new int[64];
  private int[] newer = new int[64];
  private int chains;
  private int freeChain = NONE;
  private int oldest = NONE;
  private int newest = NONE;

  /** Chains that are complete here, but not for certain in other parts of the day. */
  private int aside = NONE;

  /** The chain of each visitor, by kind and ordinal. */
  private final int[][] chainOf = new int[KINDS][0];

  Chains(TextDictionary texts) {
    events = new SessionEvents(texts);
  }

  /** The pool; {@link #add} says where an event goes. */
  SessionEvents events() {
    return events;
  }

  /** The chain whose last event is oldest. */
  int oldest() {
    return oldest;
  }

  long firstTime(int chain) {
    return events.times[first[chain]];
  }

  long lastTime(int chain) {
    return events.times[last[chain]];
  }

  byte kind(int chain) {
    return kinds[chain];
  }

  /** Ordinal of the visitor's text. */
  int visitor(int chain) {
    return visitors[chain];
  }

  /** Adds an event to its visitor's chain and returns where in the pool it lies, not yet set. */
  int add(byte kind, int visitor) {
    int[] ofKind = ofKind(kind, visitor);
    int event = newEvent();
    int chain = ofKind[visitor];
    if (chain == NONE) {
      chain = newChain();
      ofKind[visitor] = chain;
      kinds[chain] = kind;
      visitors[chain] = visitor;
      first[chain] = event;
      sizes[chain] = 0;
    } else {
      nextEvent[last[chain]] = event;
      unlink(chain);
    }
    last[chain] = event;
    sizes[chain]++;
    link(chain);
    return event;
  }

  /** Keeps a chain apart, so that another event of its visitor begins a new one. */
  void setAside(int chain) {
    ofKind(kinds[chain], visitors[chain])[visitors[chain]] = NONE;
    unlink(chain);
    newer[chain] = aside;
    aside = chain;
  }

  /**
   * Takes one chain that was set aside, or none if there is no more; it is removed all the same.
   */
  int takeAside() {
    int chain = aside;
    if (chain != NONE) {
      aside = newer[chain];
    }
    return chain;
  }

  /** Where the first event of a chain lies in the pool. */
  int firstEvent(int chain) {
    return first[chain];
  }

  /** Appends the events of a chain to others, in the order in which they came. */
  void copy(int chain, SessionEvents target) {
    copy(chain, first[chain], sizes[chain], target);
  }

  /** Appends some events of a chain and returns the one after, or NONE. */
  int copy(int chain, int from, int most, SessionEvents target) {
    int event = from;
    for (int i = 0; i < most; i++) {
      target.copy(events, event, target.add());
      if (event == last[chain]) {
        return NONE;
      }
      event = nextEvent[event];
    }
    return event;
  }

  /** Forgets the oldest chain. */
  void removeOldest() {
    int chain = oldest;
    ofKind(kinds[chain], visitors[chain])[visitors[chain]] = NONE;
    unlink(chain);
    free(chain);
  }

  /** Makes room of a chain that was taken from those set aside. */
  void free(int chain) {
    nextEvent[last[chain]] = freeEvent;
    freeEvent = first[chain];
    eventsInUse -= sizes[chain];
    newer[chain] = freeChain;
    freeChain = chain;
  }

  /** Moves all chains to an empty collection with another dictionary. */
  void moveTo(Chains other) {
    var buffer = new SessionEvents(events.texts());
    for (int chain = takeAside(); chain != NONE; chain = takeAside()) {
      other.setAside(copyTo(other, chain, buffer));
      free(chain);
    }
    for (; oldest != NONE; removeOldest()) {
      copyTo(other, oldest, buffer);
    }
  }

  private int copyTo(Chains other, int chain, SessionEvents buffer) {
    buffer.clear();
    copy(chain, buffer);
    int visitor = other.events.translate(events.texts(), visitors[chain]);
    for (int i = 0; i < buffer.size(); i++) {
      other.events.translate(buffer, i, other.add(kinds[chain], visitor));
    }
    return other.newest;
  }

  /** Estimated bytes of memory in use. */
  long memoryBytes() {
    long bytes = 60L * eventsInUse + 28L * chains;
    for (int[] ofKind : chainOf) {
      bytes += 4L * ofKind.length;
    }
    return bytes;
  }

  private int newEvent() {
    eventsInUse++;
    if (freeEvent != NONE) {
      int event = freeEvent;
      freeEvent = nextEvent[event];
      return event;
    }
    int event = events.add();
    if (event == nextEvent.length) {
      nextEvent = Arrays.copyOf(nextEvent, 2 * event);
    }
    return event;
  }

  private int newChain() {
    if (freeChain != NONE) {
      int chain = freeChain;
      freeChain = newer[chain];
      return chain;
    }
    if (chains == first.length) {
      int capacity = 2 * chains;
      first = Arrays.copyOf(first, capacity);
      last = Arrays.copyOf(last, capacity);
      sizes = Arrays.copyOf(sizes, capacity);
      kinds = Arrays.copyOf(kinds, capacity);
      visitors = Arrays.copyOf(visitors, capacity);
      older = Arrays.copyOf(older, capacity);
      newer = Arrays.copyOf(newer, capacity);
    }
    return chains++;
  }

  private void link(int chain) {
    older[chain] = newest;
    newer[chain] = NONE;
    if (newest == NONE) {
      oldest = chain;
    } else {
      newer[newest] = chain;
    }
    newest = chain;
  }

  private void unlink(int chain) {
    if (older[chain] == NONE) {
      oldest = newer[chain];
    } else {
      newer[older[chain]] = newer[chain];
    }
    if (newer[chain] == NONE) {
      newest = older[chain];
    } else {
      older[newer[chain]] = older[chain];
    }
  }

  private int[] ofKind(byte kind, int visitor) {
    int index =
        switch (kind) {
          case Visitor.VISITOR_ID -> 0;
          case Visitor.USER_ID -> 1;
          case Visitor.USER_SESSION -> 2;
          default -> throw new IllegalArgumentException("No kind of visitor: " + (char) kind);
        };
    int[] chainOfVisitor = chainOf[index];
    if (visitor >= chainOfVisitor.length) {
      int size = chainOfVisitor.length;
      chainOfVisitor = Arrays.copyOf(chainOfVisitor, Math.max(1024, 2 * (visitor + 1)));
      Arrays.fill(chainOfVisitor, size, chainOfVisitor.length, NONE);
      chainOf[index] = chainOfVisitor;
    }
    return chainOfVisitor;
  }
}
