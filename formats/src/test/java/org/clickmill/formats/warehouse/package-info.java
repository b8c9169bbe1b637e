/**
 * Tests of the warehouse, and for the tests of all modules: file systems that fail at the n-th
 * change ({@link org.clickmill.formats.warehouse.Faults}).
 */
package org.clickmill.formats.warehouse;
