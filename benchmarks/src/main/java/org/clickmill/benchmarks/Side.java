package org.clickmill.benchmarks;

import java.io.IOException;
import java.util.Map;

/** One of those who answer the questions. */
interface Side {
  /** How it is called in results. */
  String name();

  /** The versions of what it consists of, by name. */
  Map<String, String> versions() throws IOException, InterruptedException;

  /** Whether it can answer a question. */
  boolean answers(Question question);

  /** Makes ready what is not measured: an empty place for the answer. */
  void prepare(Question question) throws IOException;

  /** Answers a question in a process of its own. */
  Measurement answer(Question question) throws IOException, InterruptedException;

  /** SQL for a table of the answer. */
  String relation(ComparedTable table);
}
