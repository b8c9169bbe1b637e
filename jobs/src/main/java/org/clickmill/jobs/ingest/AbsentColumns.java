package org.clickmill.jobs.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.clickmill.formats.mapping.AbsentColumn;
import org.clickmill.formats.mapping.SourceReader;

/** Counts the files in which no record has a mapped column: in each task, and over all tasks. */
final class AbsentColumns {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TreeMap<String, Lack> lacks = new TreeMap<>();

  /**
   * Files that lack a column.
   *
   * @param files the number of files
   * @param example the first of them by identity
   * @param column the column, and the columns of the example
   */
  private record Lack(long files, String example, AbsentColumn column) {
    private Lack plus(Lack other) {
      // The same example whatever the order of tasks.
      var one = example.compareTo(other.example) <= 0 ? this : other;
      return new Lack(files + other.files, one.example, one.column);
    }
  }

  /** Adds what tasks have noted. */
  static AbsentColumns ofNotes(Collection<String> notes) {
    var columns = new AbsentColumns();
    try {
      for (var note : notes) {
        columns.add(JSON.readValue(note, Lack.class));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    return columns;
  }

  /** What a part of a file notes, in which there were events. */
  private record PartLack(String file, List<AbsentColumn> absent) {}

  static String ofPart(String file, SourceReader reader) {
    try {
      return JSON.writeValueAsString(new PartLack(file, reader.absentColumns()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Adds what tasks have noted of parts of files: a file lacks what each of its parts lacks.
   *
   * @return the number of files
   */
  int addParts(Collection<String> notes) {
    var files = new TreeMap<String, List<AbsentColumn>>();
    try {
      for (var note : notes) {
        var part = JSON.readValue(note, PartLack.class);
        files.merge(part.file(), part.absent(), AbsentColumns::inBoth);
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    files.forEach(this::add);
    return files.size();
  }

  private static List<AbsentColumn> inBoth(List<AbsentColumn> some, List<AbsentColumn> others) {
    var uses = others.stream().map(AbsentColumns::use).toList();
    return some.stream().filter(column -> uses.contains(use(column))).toList();
  }

  void add(String file, List<AbsentColumn> absent) {
    absent.forEach(column -> add(new Lack(1, file, column)));
  }

  private void add(Lack lack) {
    lacks.merge(use(lack.column()), lack, Lack::plus);
  }

  /** Identifies a column and what it is for: kinds of event may feed a field from several. */
  private static String use(AbsentColumn column) {
    return column.field() + "\n" + column.source();
  }

  List<String> notes() {
    try {
      var notes = new ArrayList<String>();
      for (var lack : lacks.values()) {
        notes.add(JSON.writeValueAsString(lack));
      }
      return notes;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * One warning per field and column. An optional column is worth one only if no file has it, and
   * never in a mapping that ships, which is made for files of many kinds.
   *
   * @param files the number of files with events, of all tasks
   */
  List<String> warnings(String mapping, boolean isShipped, long files) {
    return lacks.values().stream()
        .filter(lack -> !lack.column().optional() || (!isShipped && lack.files() == files))
        .map(lack -> warning(mapping, lack))
        .toList();
  }

  private static String warning(String mapping, Lack lack) {
    var column = lack.column();
    boolean isOne = lack.files() == 1;
    boolean isCondition = column.field().equals("where");
    return String.format(
        Locale.ROOT,
        isCondition
            ? "No record of %s has '%s', on which mapping %s has a condition in '%s'. %s: %s"
            : "No record of %s has '%s', which mapping %s maps to %s. %s: %s",
        isOne ? lack.example() : lack.files() + " files, such as " + lack.example() + ",",
        column.source(),
        mapping,
        column.field(),
        isOne ? "There are" : "In " + lack.example() + " there are",
        column.present());
  }
}
