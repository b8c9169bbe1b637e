package org.clickmill.oozie;

import java.util.List;

/** One rule that the applications keep. */
interface Check {
  /** What breaks the rule; empty if nothing does. */
  List<Problem> problems(OozieFiles files) throws Exception;
}
