package org.clickmill.oozie;

/** Something that is wrong with the applications: in which file, at which element, and what. */
record Problem(String file, String element, String what) {
  @Override
  public String toString() {
    return file + ": " + element + " " + what;
  }
}
