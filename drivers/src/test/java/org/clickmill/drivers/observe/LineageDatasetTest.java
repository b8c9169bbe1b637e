package org.clickmill.drivers.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hadoop.fs.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LineageDatasetTest {
  @ParameterizedTest
  @CsvSource({
    "file:/data/shop/sales, file, /data/shop/sales",
    "hdfs://nn:8020/shop/sales, hdfs://nn:8020, /shop/sales",
    "hdfs://shopns/shop/sales, hdfs://shopns, /shop/sales",
    "ftp://me:secret@host/shop, ftp://host, /shop",
  })
  void pathIsNamedAsOthersNameIt(String path, String namespace, String name) {
    var dataset = LineageDataset.of(new Path(path));
    assertThat(dataset.namespace()).isEqualTo(namespace);
    assertThat(dataset.name()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({"'a:9092,b:9092', kafka://a:9092", "'a:1 , b:2', kafka://a:1"})
  void clusterIsItsFirstBroker(String brokers, String namespace) {
    assertThat(LineageDataset.topic(brokers, "clicks").namespace()).isEqualTo(namespace);
  }
}
