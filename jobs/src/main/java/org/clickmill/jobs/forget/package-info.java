/**
 * Erasure: which files hold rows of some persons, and the same partitions without these rows.
 *
 * <p>A person is a user_id or a visitor_id. {@link org.clickmill.jobs.forget.PersonalRows} says by
 * the columns that a table's schema marks as personal which rows are theirs; {@link
 * org.clickmill.jobs.forget.SearchJob} counts such rows file by file, and {@link
 * org.clickmill.jobs.forget.RewriteJob} stages the partitions that have some without them. Both
 * read each file once, however many persons there are.
 */
package org.clickmill.jobs.forget;
