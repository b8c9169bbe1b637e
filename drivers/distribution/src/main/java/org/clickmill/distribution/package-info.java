/**
 * The parts of the distribution that are made from the commands: completion for shells and the man
 * pages. Everything else is put together by {@code src/main/assembly/distribution.xml}.
 */
package org.clickmill.distribution;
