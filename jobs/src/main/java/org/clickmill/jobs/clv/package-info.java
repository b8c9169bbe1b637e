/**
 * What customers are worth: how often and how recently each bought, what they are expected to buy,
 * and in which segment that puts them.
 *
 * <p>The models need no Hadoop. {@link org.clickmill.jobs.clv.BgNbd} says how many purchases to
 * expect, {@link org.clickmill.jobs.clv.GammaGamma} what a purchase is worth; each is fitted by
 * maximum likelihood to a table of counts ({@link org.clickmill.jobs.clv.SummaryCounts}, {@link
 * org.clickmill.jobs.clv.ValueCounts}), whose size grows with the number of distinct rows and not
 * of customers. {@link org.clickmill.jobs.clv.LifetimeValue} puts the two together.
 *
 * <p>{@link org.clickmill.jobs.clv.Uncertainty} is how exactly the data determine a model, {@link
 * org.clickmill.jobs.clv.Cohorts} says who shares one, and {@link
 * org.clickmill.jobs.clv.Calibration} compares what a model expected of the last weeks with what
 * happened in them.
 *
 * <p>In the formulas x is the number of purchase days after the first, t_x the time from the first
 * to the last of them, T the age of the customer, m the average value of the purchase days after
 * the first. Times are days.
 */
package org.clickmill.jobs.clv;
