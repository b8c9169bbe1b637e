package org.clickmill.jobs.push;

import java.io.IOException;
import java.util.function.Consumer;
import org.clickmill.jobs.push.SentRows.Share;

/** What consumers have of a partition, wherever that is known from. */
interface HeldRows {
  /** Of a partition that was never pushed. */
  HeldRows NOTHING = (share, later) -> new SentRows(Share.ALL, 0, given -> {});

  /**
   * The rows of a share of the keys, or of a smaller one if there are too many.
   *
   * @param later gets the shares that are to be asked for next
   */
  SentRows take(Share share, Consumer<Share> later) throws IOException, InterruptedException;
}
