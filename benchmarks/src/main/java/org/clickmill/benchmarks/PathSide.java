package org.clickmill.benchmarks;

import java.io.IOException;

/** One of those who go all the way from files to tables, and tell what each step took. */
interface PathSide extends Side {
  /** Goes all the way. */
  PathTime walk(Question question) throws IOException, InterruptedException;

  @Override
  default Measurement answer(Question question) throws IOException, InterruptedException {
    return walk(question).whole();
  }
}
