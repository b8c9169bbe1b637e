/**
 * The same questions put to Clickmill and to others, side by side. {@link
 * org.clickmill.benchmarks.Benchmark} makes events of a given size once, runs whole processes in
 * turn, compares their answers, and only then tells their times. A {@link
 * org.clickmill.benchmarks.Question} is data; a {@link org.clickmill.benchmarks.Side} is someone
 * who answers it, by scripts of a {@link org.clickmill.benchmarks.SqlEngine} or otherwise.
 */
package org.clickmill.benchmarks;
