package org.clickmill.formats.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;

/** Reads Parquet files the way anybody else would. */
public final class ParquetFiles {
  private ParquetFiles() {}

  public static List<Group> read(Path path) throws IOException {
    var groups = new ArrayList<Group>();
    try (var reader = ParquetReader.builder(new GroupReadSupport(), path).build()) {
      for (var group = reader.read(); group != null; group = reader.read()) {
        groups.add(group);
      }
    }
    return groups;
  }
}
