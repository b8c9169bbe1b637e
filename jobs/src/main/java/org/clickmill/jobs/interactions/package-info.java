/**
 * Users and products for recommenders. {@link org.clickmill.jobs.interactions.InteractionsDays}
 * counts, once a day, what each user did with each product; {@link
 * org.clickmill.jobs.interactions.Interactions} rates the pairs of a window of days from these
 * counts and numbers users and products.
 */
package org.clickmill.jobs.interactions;
