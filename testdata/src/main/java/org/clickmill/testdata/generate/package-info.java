/**
 * A deterministic generator of shop events in the shape of the public cosmetics-shop files. The
 * same {@link org.clickmill.testdata.generate.GeneratorOptions options} give the same rows on any
 * machine, in any number of runs.
 *
 * <p>The shop is a stream of sessions. How long the n-th session is, when it starts and who its
 * visitor is are pure functions of the seed and n, so nothing has to be remembered about sessions
 * that are over: {@link org.clickmill.testdata.generate.EventGenerator} keeps the sessions that are
 * under way in a queue and takes the earliest event out of it. Memory therefore grows with how many
 * visitors are in the shop at once, never with how long the shop runs. Products likewise are
 * functions of their number.
 *
 * <p>Random numbers come from {@link org.clickmill.testdata.generate.Randomness}, a stream of its
 * own for each session. Everything beyond basic arithmetic is done by {@link java.lang.StrictMath},
 * once, into tables of {@link org.clickmill.testdata.generate.Quantiles}. There is one thread.
 *
 * <p>{@link org.clickmill.testdata.generate.GenerateFiles} writes the events to files.
 */
package org.clickmill.testdata.generate;
