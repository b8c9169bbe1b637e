/**
 * Looking at a file of which nothing is known yet, to write a mapping to begin with.
 *
 * <p>A {@link org.clickmill.formats.guess.Sample} is the beginning of the file, as columns with
 * values. Columns are given to the fields of an event by their names ({@link
 * org.clickmill.formats.guess.FieldNames}) and by what is in them; {@link
 * org.clickmill.formats.guess.MappingGuess} writes the mapping, with a comment at each guess, and
 * reads the sample through it.
 */
package org.clickmill.formats.guess;
