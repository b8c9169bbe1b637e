/**
 * Erasure of persons: {@link org.clickmill.drivers.forget.Erasure} searches every dataset with a
 * personal column, published and in the trash, and publishes the partitions that hold a person
 * again without that person's rows, by a commit like any other.
 *
 * <p>What is erased comes first and what is computed again second, so that nothing can be computed
 * from rows that are to go, and a run that dies in between has nothing to take back.
 */
package org.clickmill.drivers.forget;
