package org.clickmill.jobs.expression;

/** The rows that an expression is evaluated for, column by column. */
public interface RowValues {
  int size();

  /** Gets the value of each row of a column that holds no text. */
  void numbers(String column, NumberVector target);

  /** Gets the value of each row of a column of texts. */
  void texts(String column, TextVector target);
}
