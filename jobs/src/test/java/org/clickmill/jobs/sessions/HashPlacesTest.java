package org.clickmill.jobs.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.dynatrace.hash4j.hashing.HashValue128;
import java.util.LinkedHashMap;
import java.util.Random;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.junit.jupiter.api.Test;

final class HashPlacesTest {
  private final HashPlaces places = new HashPlaces();

  @Test
  void hashesThatAreEqualInOneHalfAreDistinct() {
    assertThat(places.add(1, 7)).isZero();
    assertThat(places.add(2, 7)).isEqualTo(1);
    assertThat(places.add(1, 8)).isEqualTo(2);
    assertThat(places.add(1, 7)).isZero();
    assertThat(places.size()).isEqualTo(3);
    assertThat(places.of(new HashValue128(2, 8))).isEqualTo(HashPlaces.NONE);
  }

  @Test
  void placesAreThoseInWhichHashesWereAdded() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      var expected = new LinkedHashMap<HashValue128, Integer>();
      int most = random.nextInt(round < 10 ? 20 : 3000);
      for (int i = 0; i < most; i++) {
        var hash = new HashValue128(random.nextInt(50), random.nextInt(50));
        var place = expected.computeIfAbsent(hash, any -> expected.size());
        assertThat(places.add(hash)).as("seed %d", seed).isEqualTo(place);
      }
      assertThat(places.size()).as("seed %d", seed).isEqualTo(expected.size());
      expected.forEach(
          (hash, place) -> assertThat(places.of(hash)).as("seed %d", seed).isEqualTo(place));
      places.clear();
      assertThat(places.of(new HashValue128(0, 0))).isEqualTo(HashPlaces.NONE);
    }
  }

  @Test
  void orderIsThatOfTheHashes() {
    places.add(5, 1);
    places.add(-5, 9);
    places.add(5, 0);
    assertThat(places.sorted()).containsExactly(1, 2, 0);
    var written = new ByteWriter();
    places.put(1, written);
    var read = new ByteReader().reset(written.bytes(), 0, written.length());
    assertThat(read.readFixed()).isEqualTo(-5);
    assertThat(read.readFixed()).isEqualTo(9);
  }
}
