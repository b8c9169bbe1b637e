/**
 * Views and visitors. {@link org.clickmill.jobs.views.ViewCounts} counts them per product and day
 * or hour; from these counts, without reading an event again, {@link
 * org.clickmill.jobs.views.TopProducts} ranks a day's products and {@link
 * org.clickmill.jobs.views.Trending} finds those that are viewed more than before.
 *
 * <p>Distinct visitors are a theta sketch ({@link org.clickmill.jobs.groupby.ThetaSketch}), so that
 * days, products and audiences can be united and intersected later.
 */
package org.clickmill.jobs.views;
