/**
 * Expressions over the columns of rows, as SQL writes them: columns, literals, comparison, {@code
 * and}, {@code or}, {@code not}, {@code in}, {@code between}, {@code is null}, arithmetic and a few
 * functions. NULL is SQL's, so a condition is true, false or unknown; decimals have four digits
 * after the point and are rounded half-even.
 *
 * <p>A text is {@linkplain org.clickmill.jobs.expression.ExpressionParser parsed} into a {@link
 * org.clickmill.jobs.expression.Syntax}, {@linkplain org.clickmill.jobs.expression.TypeChecker
 * checked} against the columns that there are into a {@link
 * org.clickmill.jobs.expression.TypedExpression}, and what is wrong is known, with its place in the
 * text, before anything runs. The same tree is evaluated column by column ({@link
 * org.clickmill.jobs.expression.NumberEvaluator}) and printed as DuckDB's SQL ({@link
 * org.clickmill.jobs.expression.DuckDbText}).
 *
 * <p>The parser is our own: the grammar has a dozen rules, every part of it must have its place in
 * the file and a bounded depth, and of the grammars of SQL that libraries have nearly all would
 * have to be refused again. Nothing is looked up by reflection, and nothing is compiled.
 */
package org.clickmill.jobs.expression;
