package org.clickmill.formats.mapping;

import java.util.SortedSet;

/**
 * A condition that a record, or an item of it, must meet to become an event. Values are compared as
 * texts: a number as the source writes it, a boolean as true or false; an empty text is no value.
 *
 * @param source column, number of a column or path
 * @param values that the test is about; none for those of existence
 */
record Condition(String source, Test test, SortedSet<String> values) {
  /** What is asked of the value. */
  enum Test {
    /** It is one of the values. */
    IN,
    /** It is none of the values; no value is none of them. */
    NOT,
    /** There is a value. */
    EXISTS,
    /** There is no value. */
    ABSENT
  }

  /** Whether no value meets both. */
  boolean excludes(Condition other) {
    return source.equals(other.source) && (isWithout(other) || other.isWithout(this));
  }

  private boolean isWithout(Condition other) {
    return switch (other.test) {
      case IN -> test == Test.IN && values.stream().noneMatch(other.values::contains);
      case NOT -> test == Test.IN && other.values.containsAll(values);
      case ABSENT -> test == Test.IN || test == Test.EXISTS;
      case EXISTS -> false;
    };
  }

  /** Whether a source's value, null for none, meets the condition. */
  boolean isMetBy(String value) {
    return switch (test) {
      case IN -> value != null && values.contains(value);
      case NOT -> value == null || !values.contains(value);
      case EXISTS -> value != null;
      case ABSENT -> value == null;
    };
  }
}
