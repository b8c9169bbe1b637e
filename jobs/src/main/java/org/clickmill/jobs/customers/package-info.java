/**
 * What is known of each customer.
 *
 * <p>{@link org.clickmill.jobs.customers.CustomerDays} folds the lines of a day, {@link
 * org.clickmill.jobs.customers.Customers} all days up to one into a snapshot: from the days alone,
 * or from an older snapshot and the days after it. {@link
 * org.clickmill.jobs.customers.CustomerActivity} says of the customers of a day when they bought
 * before, and {@link org.clickmill.jobs.customers.Cohorts} counts them by the month that they first
 * bought in; {@link org.clickmill.jobs.customers.Identities} has the visitors that customers were
 * seen as. They begin with older snapshots, too. A <em>purchase line</em> is a purchase with
 * quantity &gt; 0 and price &ge; 0; a purchase day is a day with one.
 */
package org.clickmill.jobs.customers;
