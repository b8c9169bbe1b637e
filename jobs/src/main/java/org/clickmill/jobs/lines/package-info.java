/**
 * What an order line and an order are, the same for every analysis that looks at purchases and
 * returns.
 */
package org.clickmill.jobs.lines;
