package org.clickmill.benchmarks.kernels;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.clickmill.formats.fs.FileBytes;
import org.clickmill.formats.fs.ReusedBytes;
import org.clickmill.formats.fs.SizeLimit;
import org.clickmill.formats.parquet.ChunkPages;
import org.clickmill.formats.parquet.PageDecompressor;
import org.clickmill.formats.parquet.ParquetFooter;
import org.clickmill.formats.parquet.ParquetTableWriter;
import org.clickmill.formats.read.EventFileReader;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.WriteSettings;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Microseconds of reading the page headers of a day's file in pages of 8 KiB, the reading of the
 * chunks included.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PageHeaderKernel {
  private FileBytes file;
  private ParquetFooter footer;
  private PageDecompressor decompressor;
  private ChunkPages pages;
  private final ReusedBytes buffer = new ReusedBytes();

  @Setup(Level.Trial)
  public void write(DayFile day) throws IOException {
    var configuration = new Configuration(day.configuration);
    configuration.setInt(WriteSettings.PARQUET_PAGE_KB.name(), 8);
    Path path = day.newFile("parquet");
    var row = new Row(EventRows.SCHEMA);
    try (var reader = EventFileReader.open(day.fileSystem(), day.file(), configuration);
        var writer =
            ParquetTableWriter.open(day.fileSystem(), path, EventRows.SCHEMA, configuration)) {
      for (var event = reader.next(null); event != null; event = reader.next(event)) {
        row.clear();
        EventRows.fill(row, event);
        writer.write(row);
      }
      long unused = writer.finish().file().bytes();
      assert unused > 0;
    }
    file = FileBytes.open(day.fileSystem(), path, -1);
    footer = ParquetFooter.read(file);
    decompressor = new PageDecompressor(configuration);
    pages = new ChunkPages(decompressor, true, SizeLimit.ofMemory(), buffer);
  }

  @TearDown(Level.Trial)
  public void close() throws IOException {
    decompressor.close();
    file.close();
  }

  /** Headers as the suite reads them, checked. */
  @Benchmark
  public long checked() throws IOException {
    long values = 0;
    for (int group = 0; group < footer.rowGroups().size(); group++) {
      int rows = (int) footer.rowGroups().get(group).getRowCount();
      for (int i = 0; i < footer.schema().getColumns().size(); i++) {
        pages.read(file, footer.chunk(group, i), rows);
        for (var page : pages.dataPages()) {
          values += page.values();
        }
      }
    }
    return values;
  }

  /** The same headers by Thrift's generated reader, kept in a list alike. */
  @Benchmark
  public long thrift() throws IOException {
    long values = 0;
    for (int group = 0; group < footer.rowGroups().size(); group++) {
      long rows = footer.rowGroups().get(group).getRowCount();
      for (int i = 0; i < footer.schema().getColumns().size(); i++) {
        var chunk = footer.chunk(group, i);
        byte[] bytes = file.read(chunk.getStartingPos(), (int) chunk.getTotalSize(), buffer);
        var in = new ByteArrayInputStream(bytes, file.offset(), (int) chunk.getTotalSize());
        for (var header : headers(in, rows)) {
          values += values(header);
        }
      }
    }
    return values;
  }

  private static List<org.apache.parquet.format.PageHeader> headers(
      ByteArrayInputStream in, long rows) throws IOException {
    var headers = new ArrayList<org.apache.parquet.format.PageHeader>();
    for (long found = 0; found < rows; ) {
      var header = Util.readPageHeader(in);
      in.skip(header.getCompressed_page_size());
      if (header.getType() != PageType.DICTIONARY_PAGE) {
        headers.add(header);
        found += values(header);
      }
    }
    return headers;
  }

  private static long values(org.apache.parquet.format.PageHeader header) {
    return header.isSetData_page_header_v2()
        ? header.getData_page_header_v2().getNum_values()
        : header.getData_page_header().getNum_values();
  }
}
