package org.clickmill.drivers.metastore;

import java.io.IOException;
import java.util.List;

/** The names of a table's partitions in the metastore, of which one page is in memory at a time. */
final class RegisteredNames {
  private final Pages pages;
  private List<String> page = List.of();
  private int next;
  private String last;
  private boolean isLastPage;

  /** Reads pages. */
  @FunctionalInterface
  interface Pages {
    /** The names that follow one, or the first if it is null; none at the end. */
    List<String> after(String name) throws IOException;
  }

  RegisteredNames(Pages pages) {
    this.pages = pages;
  }

  /** The next name, which stays the next; null at the end. */
  String peek() throws IOException {
    if (next == page.size() && !isLastPage) {
      page = pages.after(last);
      next = 0;
      isLastPage = page.isEmpty();
      if (!isLastPage) {
        last = page.get(page.size() - 1);
      }
    }
    return isLastPage ? null : page.get(next);
  }

  /** Goes on to the name after the next. */
  void skip() {
    next++;
  }
}
