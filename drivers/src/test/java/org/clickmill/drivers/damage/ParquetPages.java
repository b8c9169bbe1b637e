package org.clickmill.drivers.damage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Util;

/** Where the pages of an undamaged Parquet file lie. */
final class ParquetPages {
  private ParquetPages() {}

  /**
   * A page.
   *
   * @param start of its content
   * @param end of its content
   */
  record Page(int start, int end, boolean hasChecksum) {}

  static List<Page> of(byte[] file) throws IOException {
    int footer = footerSize(file);
    var metadata =
        Util.readFileMetaData(new ByteArrayInputStream(file, file.length - 8 - footer, footer));
    var pages = new ArrayList<Page>();
    for (var group : metadata.getRow_groups()) {
      for (var chunk : group.getColumns()) {
        int position = (int) start(chunk.getMeta_data());
        int end = position + (int) chunk.getMeta_data().getTotal_compressed_size();
        while (position < end) {
          var in = new ByteArrayInputStream(file, position, end - position);
          var header = Util.readPageHeader(in);
          int content = end - in.available();
          position = content + header.getCompressed_page_size();
          pages.add(new Page(content, position, header.isSetCrc()));
        }
      }
    }
    return pages;
  }

  static int footerSize(byte[] file) {
    int size = 0;
    for (int i = 3; i >= 0; i--) {
      size = size << 8 | file[file.length - 8 + i] & 0xff;
    }
    return size;
  }

  static long start(ColumnMetaData column) {
    return column.isSetDictionary_page_offset()
            && column.getDictionary_page_offset() > 0
            && column.getDictionary_page_offset() < column.getData_page_offset()
        ? column.getDictionary_page_offset()
        : column.getData_page_offset();
  }
}
