package org.clickmill.formats.guess;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.clickmill.formats.guess.Sample.Column;
import org.clickmill.formats.guess.Sample.Type;
import org.clickmill.formats.mapping.Mapping;

/** The columns of text of one record per line. */
final class TextSample {
  private static final String DELIMITERS = ",;\t|";

  private TextSample() {}

  /**
   * @param lines those that are not empty, at least one
   */
  static Sample of(List<String> lines) {
    char delimiter = ',';
    int best = 1;
    for (char candidate : DELIMITERS.toCharArray()) {
      int width = width(lines.stream().map(line -> split(line, candidate)).toList());
      if (width > best) {
        delimiter = candidate;
        best = width;
      }
    }
    if (best == 1) {
      var words = lines.stream().map(line -> List.of(line.strip().split("[ \t]+", -1))).toList();
      int width = width(words);
      if (width > 1) {
        return sample("whitespace", null, false, ofWidth(words, width));
      }
    }
    char found = delimiter;
    var records = ofWidth(lines.stream().map(line -> split(line, found)).toList(), best);
    return sample("csv", String.valueOf(delimiter), isHeader(records.get(0)), records);
  }

  private static Sample sample(
      String format, String delimiter, boolean hasHeader, List<List<String>> records) {
    var first = records.get(0);
    var all = hasHeader ? records.subList(1, records.size()) : records;
    var rest = all.subList(0, Math.min(all.size(), Sample.MOST_RECORDS));
    var columns = new ArrayList<Column>();
    for (int i = 0; i < first.size(); i++) {
      int column = i;
      var values =
          rest.stream()
              .map(record -> record.get(column))
              .filter(value -> !value.isBlank())
              .toList();
      var name = hasHeader ? Mapping.columnName(first.get(i).strip()) : Integer.toString(i + 1);
      columns.add(new Column(name, Type.ANY, values));
    }
    return new Sample(format, delimiter, hasHeader, rest.size(), List.copyOf(columns));
  }

  /** The number of fields that nine of ten lines have, and the first; 1 if there is none. */
  private static int width(List<List<String>> records) {
    int width = records.get(0).size();
    long equal = records.stream().filter(record -> record.size() == width).count();
    return 10 * equal >= 9L * records.size() ? width : 1;
  }

  private static List<List<String>> ofWidth(List<List<String>> records, int width) {
    return records.stream().filter(record -> record.size() == width).toList();
  }

  /** Names are there, distinct, and neither numbers nor times; or some are well known. */
  private static boolean isHeader(List<String> fields) {
    if (fields.stream().anyMatch(FieldNames::isKnown)) {
      return true;
    }
    return new HashSet<>(fields).size() == fields.size()
        && fields.stream()
            .map(String::strip)
            .noneMatch(field -> field.matches("|.*\\d{4,}.*|[-+]?\\d.*"));
  }

  /** The fields of a line, quotes undone; a quote that is not closed takes the rest of the line. */
  private static List<String> split(String line, char delimiter) {
    var fields = new ArrayList<String>();
    var field = new StringBuilder();
    boolean isQuoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && isQuoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        field.append(c);
        i++;
      } else if (c == '"' && (isQuoted || field.isEmpty())) {
        isQuoted = !isQuoted;
      } else if (c == delimiter && !isQuoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
