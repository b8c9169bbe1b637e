/**
 * The same questions put to Clickmill and to others, side by side. {@link
 * org.clickmill.benchmarks.Benchmark} makes events of a given size once, runs whole processes in
 * pairs, compares their answers, and only then tells their times.
 */
package org.clickmill.benchmarks;
