/**
 * How products do. {@link org.clickmill.jobs.products.ProductPerformance} brings together what
 * sessions did with a product on a day, which is counted while a session is at hand, and its sales
 * of that day and the days before.
 */
package org.clickmill.jobs.products;
