/**
 * How Clickmill fails: one exception whose message is written for the user, in one of a few kinds
 * that map to the exit codes of the command line.
 */
package org.clickmill.formats.failure;
