package org.clickmill.drivers.checks;

import java.util.List;

/**
 * A file whose keys a task counts; described in JSON.
 *
 * @param check the number of the check that they are counted for
 * @param path where it lies, as a qualified path
 * @param bytes its length
 * @param columns of a file of rows, those of the key; empty for a file of orders
 * @param orders the columns of a file of orders; null for a file of rows
 * @param days the days that are judged, as days since the epoch: one for a file of rows, or of the
 *     orders of a day
 */
record KeySource(
    int check, String path, long bytes, List<String> columns, OrdersFile orders, List<Long> days) {}
