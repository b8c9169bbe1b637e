package org.clickmill.formats.mapping;

/**
 * A mapped column or path that no record of a file had.
 *
 * @param field the event's field that it would feed
 * @param source the column or path, as the mapping names it
 * @param optional whether the mapping says that a file may lack it
 * @param present the columns that there are, for people
 */
public record AbsentColumn(String field, String source, boolean optional, String present) {}
