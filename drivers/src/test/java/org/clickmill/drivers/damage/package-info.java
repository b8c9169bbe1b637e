/**
 * The damage campaign: files of every format, encoding, codec and page version are mutated by
 * chance and read in a process with little memory, where each must end as rejects, the right rows
 * or one clear error. {@code src/test/soak/damage-soak} runs as many mutations as one likes, the
 * build a sample.
 */
package org.clickmill.drivers.damage;
