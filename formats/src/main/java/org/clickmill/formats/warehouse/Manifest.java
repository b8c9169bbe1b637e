package org.clickmill.formats.warehouse;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.clickmill.formats.event.Fingerprint;

/**
 * What is in a partition and what it was made of. It lies in the partition as {@code
 * _MANIFEST.json}; a partition without one is not there.
 *
 * @param formatVersion version of this format
 * @param dataset the partition's dataset
 * @param partition the partition's path below its dataset
 * @param version 1, 2, …: raised when the rows change
 * @param revision 1, 2, …: raised whenever the manifest changes
 * @param files the data files, whose names are below the partition's folder
 * @param inputs the partitions that were read
 * @param analysis the name of what made the rows
 * @param logicVersion the version of its logic
 * @param settings the settings that change its result
 * @param counts records by what became of them
 * @param fingerprint what the rows are
 * @param sources the imported files that were read, if any
 * @param runId the run that published it
 * @param user the user who ran it
 * @param suiteVersion the suite that made it
 * @param createdAt when; information only
 * @param expired what was there, if the files were deleted because they are older than they are to
 *     be kept; the fingerprint still says what the rows were. Else null
 * @param accepted the failed checks that somebody accepted for these rows
 */
public record Manifest(
    int formatVersion,
    String dataset,
    String partition,
    int version,
    int revision,
    List<DataFile> files,
    List<Input> inputs,
    String analysis,
    int logicVersion,
    SortedMap<String, String> settings,
    SortedMap<String, Long> counts,
    Fingerprint fingerprint,
    List<Source> sources,
    String runId,
    String user,
    String suiteVersion,
    @JsonSerialize(using = ToStringSerializer.class)
        @JsonDeserialize(converter = InstantParser.class)
        Instant createdAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) Expired expired,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Accepted> accepted) {
  /** The newest format that this suite knows. */
  public static final int FORMAT_VERSION = 1;

  /** The manifest's name in the partition's folder. */
  public static final String FILE_NAME = "_MANIFEST.json";

  /** The name of the empty file that tells other tools that a partition is whole. */
  public static final String SUCCESS_FILE_NAME = "_SUCCESS";

  public Manifest {
    files = listOf(files);
    inputs = listOf(inputs);
    settings = sorted(settings);
    counts = sorted(counts);
    sources = listOf(sources);
    accepted = listOf(accepted);
  }

  /** The manifest of a partition that has not expired and that no check stopped. */
  public Manifest(
      int formatVersion,
      String dataset,
      String partition,
      int version,
      int revision,
      List<DataFile> files,
      List<Input> inputs,
      String analysis,
      int logicVersion,
      SortedMap<String, String> settings,
      SortedMap<String, Long> counts,
      Fingerprint fingerprint,
      List<Source> sources,
      String runId,
      String user,
      String suiteVersion,
      Instant createdAt) {
    this(
        formatVersion,
        dataset,
        partition,
        version,
        revision,
        files,
        inputs,
        analysis,
        logicVersion,
        settings,
        counts,
        fingerprint,
        sources,
        runId,
        user,
        suiteVersion,
        createdAt,
        null,
        List.of());
  }

  /**
   * A data file.
   *
   * @param name its name below the partition's folder
   * @param bytes its length
   * @param records the rows in it
   * @param checksum algorithm and value, as {@code crc32c:01234567}
   */
  public record DataFile(String name, long bytes, long records, String checksum) {
    /** The rows in some files. */
    public static long records(Collection<DataFile> files) {
      return files.stream().mapToLong(DataFile::records).sum();
    }
  }

  /**
   * A partition that was read.
   *
   * @param dataset its dataset
   * @param partition its path below the dataset
   * @param version the version that was read, 0 when it was absent
   */
  public record Input(String dataset, String partition, int version) {
    public static Input of(Partition partition, int version) {
      return new Input(partition.dataset(), partition.path(), version);
    }

    /** The partition itself, without the version that was read. */
    public Partition where() {
      return new Partition(dataset, partition);
    }
  }

  /**
   * An imported file.
   *
   * @param identity the name it goes by, however it is reached
   * @param checksum of its bytes
   * @param mapping fingerprint of the mapping that read it
   */
  public record Source(String identity, String checksum, String mapping) {}

  /**
   * A check that failed and that somebody accepted.
   *
   * @param check its name
   * @param reason why, in that user's words
   * @param runId the run that was told so
   */
  public record Accepted(String check, String reason, String runId) {}

  /**
   * What a partition held before it expired.
   *
   * @param days the number of days that it was to be kept for
   * @param files the number of its data files
   * @param bytes the length of all of them
   * @param publishedAt when they were published
   * @param runId the run that published them
   */
  public record Expired(
      int days,
      int files,
      long bytes,
      @JsonSerialize(using = ToStringSerializer.class)
          @JsonDeserialize(converter = InstantParser.class)
          Instant publishedAt,
      String runId) {}

  /** Whether the files were deleted because they are older than they are to be kept. */
  public boolean hasExpired() {
    return expired != null;
  }

  /** The same, but for what was read; of a partition that is not to be computed again. */
  Manifest withoutInputs() {
    return new Manifest(
        formatVersion,
        dataset,
        partition,
        version,
        revision,
        files,
        List.of(),
        analysis,
        logicVersion,
        settings,
        counts,
        fingerprint,
        sources,
        runId,
        user,
        suiteVersion,
        createdAt,
        expired,
        accepted);
  }

  /** The partition that this describes. */
  public Partition where() {
    return new Partition(dataset, partition);
  }

  /** All bytes of the data files. */
  public long bytes() {
    return files.stream().mapToLong(DataFile::bytes).sum();
  }

  static <T> List<T> listOf(List<T> items) {
    return items == null ? List.of() : List.copyOf(items);
  }

  static <V> SortedMap<String, V> sorted(SortedMap<String, V> map) {
    return map == null
        ? Collections.emptySortedMap()
        : Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }

  static final class InstantParser extends StdConverter<String, Instant> {
    @Override
    public Instant convert(String text) {
      return Instant.parse(text);
    }
  }
}
