package org.clickmill.jobs.groupby;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.datasketches.hash.MurmurHash3;
import org.apache.datasketches.theta.SetOperation;
import org.apache.datasketches.theta.UpdateSketch;
import org.apache.datasketches.thetacommon.ThetaUtil;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sketches are, byte for byte, those of the DataSketches library. */
final class ThetaSketchTest {
  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 100, 4095, 4096, 4097, 4098, 8192, 20000, 100000})
  void imageIsThatOfAUnionWhateverTheGrouping(int size) {
    var visitors = visitors(size);
    var expected = union(List.of(visitors));
    for (int groups : new int[] {1, 2, 7, 40}) {
      assertThat(sketchOf(groups(visitors, groups)).image())
          .as("%d visitors in %d groups, seed %d", size, groups, seed)
          .isEqualTo(expected.toByteArray());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 4095, 4096, 4097, 20000, 100000})
  void countIsTheEstimate(int size) {
    var visitors = visitors(size);
    var estimate = union(List.of(visitors)).getEstimate();
    long count = sketchOf(groups(visitors, 5)).count();
    assertThat(count).as("seed %d", seed).isEqualTo(Math.round(estimate));
    if (size <= ThetaSketch.NOMINAL_SIZE) {
      assertThat(count).as("seed %d", seed).isEqualTo(size);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4096, 4097, 9000})
  void imageIsThatOfTheUnionOfSketches(int size) {
    var groups = groups(visitors(size), 6);
    assertThat(sketchOf(groups).image()).as("seed %d", seed).isEqualTo(union(groups).toByteArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5000})
  void clearedSketchIsAsNew(int size) {
    var sketch = sketchOf(groups(visitors(20000), 3));
    sketch.clear();
    var visitors = visitors(size);
    merge(sketch, visitors);
    assertThat(sketch.image())
        .as("seed %d", seed)
        .isEqualTo(union(List.of(visitors)).toByteArray());
  }

  /** Distinct texts. */
  private List<String> visitors(int size) {
    long base = random.nextLong(1L << 40);
    return IntStream.range(0, size).mapToObj(i -> "visitor-é-" + (base + i)).toList();
  }

  /** Splits the visitors into groups that overlap. */
  private List<List<String>> groups(List<String> visitors, int number) {
    var groups = new ArrayList<List<String>>();
    for (int i = 0; i < number; i++) {
      groups.add(new ArrayList<>());
    }
    for (var visitor : visitors) {
      groups.get(random.nextInt(number)).add(visitor);
      if (number > 1 && random.nextInt(4) == 0) {
        groups.get(random.nextInt(number)).add(visitor);
      }
    }
    return groups;
  }

  private static ThetaSketch sketchOf(List<List<String>> groups) {
    var sketch = new ThetaSketch();
    groups.forEach(group -> merge(sketch, group));
    return sketch;
  }

  private static void merge(ThetaSketch sketch, List<String> visitors) {
    long[] hashes =
        visitors.stream().mapToLong(ThetaSketchTest::hash).distinct().sorted().toArray();
    var writer = new ByteWriter();
    ThetaSketch.write(writer, Arrays.copyOf(hashes, hashes.length + 2), 0, hashes.length);
    var reader = new ByteReader().reset(writer.bytes(), 0, writer.length());
    sketch.merge(reader);
    assertThat(reader.remaining()).isZero();
  }

  private static long hash(String visitor) {
    byte[] utf8 = visitor.getBytes(StandardCharsets.UTF_8);
    return MurmurHash3.hash(utf8, ThetaUtil.DEFAULT_UPDATE_SEED)[0] >>> 1;
  }

  private static org.apache.datasketches.theta.CompactSketch union(List<List<String>> groups) {
    var union = SetOperation.builder().setNominalEntries(4096).buildUnion();
    for (var group : groups) {
      if (groups.size() == 1) {
        group.forEach(union::update);
      } else {
        var sketch = UpdateSketch.builder().setNominalEntries(4096).build();
        group.forEach(sketch::update);
        union.union(sketch.compact(true, null));
      }
    }
    return union.getResult(true, null);
  }
}
