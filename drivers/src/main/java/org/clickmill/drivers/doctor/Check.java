package org.clickmill.drivers.doctor;

import java.util.List;

/** One topic that is looked at. */
interface Check {
  /** What is looked at, in a few words: that of its first finding. */
  String name();

  /** What to do where it does not answer in time, or fails in a way that it does not know. */
  String advice();

  /**
   * Looks. Whatever it throws is a finding too; an interrupt says that its time is over.
   *
   * @return at least one finding
   */
  List<Finding> run() throws Exception;
}
