package org.clickmill.drivers.damage;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;

/** Damages what lies below a compression or checksum, and makes these right again. */
final class Repacking {
  private static final int TAIL = 8;

  private final Random random;
  private final byte[] bytes;
  private String what = "";

  Repacking(Specimen specimen, byte[] good, Random random) throws IOException {
    this.random = random;
    if (specimen.isParquet()) {
      bytes = parquet(good);
    } else if (specimen.isAvro()) {
      bytes = avro(good);
    } else if (specimen.name().endsWith(".gz")) {
      byte[] plain = new GZIPInputStream(new ByteArrayInputStream(good)).readAllBytes();
      bytes = packed(damaged(plain), GZIPOutputStream::new);
    } else {
      byte[] plain = new ZstdInputStream(new ByteArrayInputStream(good)).readAllBytes();
      bytes = packed(damaged(plain), ZstdOutputStream::new);
    }
  }

  static boolean knows(Specimen specimen) {
    return specimen.isParquet()
        || specimen.isAvro()
        || specimen.name().endsWith(".gz")
        || specimen.name().endsWith(".zst");
  }

  byte[] bytes() {
    return bytes;
  }

  String what() {
    return what;
  }

  private interface Packer {
    OutputStream open(OutputStream out) throws IOException;
  }

  private static byte[] packed(byte[] plain, Packer packer) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = packer.open(packed)) {
      out.write(plain);
    }
    return packed.toByteArray();
  }

  private byte[] damaged(byte[] plain) {
    if (plain.length == 0) {
      return plain;
    }
    var none = new Specimen("", false, false, List.of());
    var mutation = Mutation.damage(none, plain, random);
    what = mutation.what();
    return mutation.bytes();
  }

  /** Damages records of one block, of which the number stays. */
  private byte[] avro(byte[] good) throws IOException {
    var result = new ByteArrayOutputStream();
    try (var reader =
            new DataFileReader<Object>(
                new SeekableByteArrayInput(good), new GenericDatumReader<>());
        var writer = new DataFileWriter<Object>(new GenericDatumWriter<>(reader.getSchema()))) {
      var codec = reader.getMetaString("avro.codec");
      writer.setCodec(CodecFactory.fromString(codec == null ? "null" : codec));
      writer.setSyncInterval(1 << 20);
      writer.create(reader.getSchema(), result);
      var blocks = new ArrayList<byte[]>();
      var counts = new ArrayList<Long>();
      while (reader.hasNext()) {
        var block = reader.nextBlock();
        byte[] copy = new byte[block.remaining()];
        block.get(copy);
        blocks.add(copy);
        counts.add(reader.getBlockCount());
      }
      int chosen = random.nextInt(blocks.size());
      for (int i = 0; i < blocks.size(); i++) {
        byte[] block = i == chosen ? damaged(blocks.get(i)) : blocks.get(i);
        // A record is written for each that the block has; all bytes are in the first.
        for (long record = 0; record < counts.get(i); record++) {
          writer.appendEncoded(java.nio.ByteBuffer.wrap(record == 0 ? block : new byte[0]));
        }
        writer.sync();
      }
    }
    return result.toByteArray();
  }

  /** Damages the content of a page, or the header of one, and writes the file anew around it. */
  private byte[] parquet(byte[] good) throws IOException {
    int footerSize = ParquetPages.footerSize(good);
    int footerStart = good.length - TAIL - footerSize;
    var footer = Util.readFileMetaData(new ByteArrayInputStream(good, footerStart, footerSize));
    var out = new ByteArrayOutputStream();
    out.write(good, 0, 4);
    int pages = ParquetPages.of(good).size();
    int chosen = random.nextInt(pages);
    int number = 0;
    for (var group : footer.getRow_groups()) {
      for (var chunk : group.getColumns()) {
        var metadata = chunk.getMeta_data();
        int start = (int) ParquetPages.start(metadata);
        int end = start + (int) metadata.getTotal_compressed_size();
        int newStart = out.size();
        long dataStart = metadata.getData_page_offset();
        int position = start;
        while (position < end) {
          var in = new ByteArrayInputStream(good, position, end - position);
          var header = Util.readPageHeader(in);
          int content = end - in.available();
          int after = content + header.getCompressed_page_size();
          byte[] page = java.util.Arrays.copyOfRange(good, content, after);
          if (number++ == chosen) {
            page = damaged(page, header);
          }
          if (position == dataStart) {
            metadata.setData_page_offset(out.size());
          }
          if (metadata.isSetDictionary_page_offset() && position == start) {
            metadata.setDictionary_page_offset(out.size());
          }
          Util.writePageHeader(header, out);
          out.write(page);
          position = after;
        }
        metadata.setTotal_compressed_size(out.size() - newStart);
        chunk.unsetColumn_index_offset();
        chunk.unsetOffset_index_offset();
        metadata.unsetBloom_filter_offset();
      }
    }
    return finished(out, footer);
  }

  private byte[] finished(ByteArrayOutputStream out, FileMetaData footer) throws IOException {
    int start = out.size();
    if (random.nextInt(4) == 0) {
      damageFooter(footer);
    }
    Util.writeFileMetaData(footer, out);
    int size = out.size() - start;
    for (int shift = 0; shift < 32; shift += 8) {
      out.write(size >>> shift);
    }
    out.write(new byte[] {'P', 'A', 'R', '1'});
    return out.toByteArray();
  }

  private byte[] damaged(byte[] page, PageHeader header) {
    byte[] content = page;
    if (random.nextInt(3) > 0) {
      content = damaged(page);
      header.setCompressed_page_size(content.length);
    } else {
      damageHeader(header);
    }
    if (header.isSetCrc()) {
      var crc = new CRC32();
      crc.update(content);
      header.setCrc((int) crc.getValue());
    }
    return content;
  }

  private void damageHeader(PageHeader header) {
    int number = absurd();
    what = "page header with " + number;
    switch (random.nextInt(6)) {
      case 0 -> header.setUncompressed_page_size(number);
      case 1 -> header.setCompressed_page_size(number);
      case 2, 3 -> {
        if (header.isSetData_page_header()) {
          header.getData_page_header().setNum_values(number);
        } else if (header.isSetData_page_header_v2()) {
          header.getData_page_header_v2().setNum_values(number);
        } else if (header.isSetDictionary_page_header()) {
          header.getDictionary_page_header().setNum_values(number);
        }
      }
      default -> {
        if (header.isSetData_page_header_v2()) {
          header.getData_page_header_v2().setDefinition_levels_byte_length(number);
        } else {
          header.setUncompressed_page_size(number);
        }
      }
    }
  }

  private void damageFooter(FileMetaData footer) {
    var group = footer.getRow_groups().get(random.nextInt(footer.getRow_groups().size()));
    var columns = group.getColumns();
    var column = columns.get(random.nextInt(columns.size())).getMeta_data();
    int number = absurd();
    what += ", footer with " + number;
    switch (random.nextInt(6)) {
      case 0 -> group.setNum_rows(number);
      case 1 -> column.setNum_values(number);
      case 2 -> column.setTotal_uncompressed_size(number);
      case 3 -> column.setTotal_compressed_size(number);
      case 4 -> column.setData_page_offset(number);
      default -> {
        group.setNum_rows(number);
        columns.forEach(each -> each.getMeta_data().setNum_values(number));
      }
    }
  }

  private int absurd() {
    int[] numbers = {
      -1, 0, 1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 27, 1 << 30, random.nextInt(10_000)
    };
    return numbers[random.nextInt(numbers.length)];
  }
}
