package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of licenses that lies in the job jar names every library that lies there too. */
final class LibraryLicensesIT {
  private static final String LIST = "META-INF/LICENSES-OF-LIBRARIES.txt";
  private static final String RENAMED = "org/clickmill/shaded/";

  /** Packages that a library has of another one, by the names that libraries give them. */
  private static final List<String> OF_OTHERS =
      List.of("/shaded/", "/shade/", "/repackaged/", "/relocated/", "/thirdparty/");

  private static List<String> files;

  /** The libraries, by the folders and files that they take. */
  private static Map<String, String> libraries;

  @BeforeAll
  static void readTheJobJar() throws IOException {
    assertThat(JobJar.JAR).as("the job jar, which the phase 'package' makes").exists();
    try (var jar = new ZipFile(JobJar.JAR.toFile())) {
      files =
          jar.stream()
              .filter(entry -> !entry.isDirectory())
              .map(ZipEntry::getName)
              .filter(name -> !isOurs(name))
              .map(name -> name.startsWith(RENAMED) ? name.substring(RENAMED.length()) : name)
              .toList();
      try (var in = jar.getInputStream(jar.getEntry(LIST))) {
        libraries = parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void everyFileOfTheJobJarIsOfALibraryOfTheList() {
    assertThat(unlisted(files)).isEmpty();
  }

  @Test
  void everyPlaceInTheListIsInTheJobJar() {
    assertThat(libraries.keySet())
        .allSatisfy(place -> assertThat(files).as(place).anyMatch(file -> isIn(file, place)));
  }

  @Test
  void librariesInsideOthersHaveLinesOfTheirOwn() {
    assertThat(libraries)
        .containsEntry("parquet/net/openhft/hashing", "Zero-Allocation Hashing, in Apache Parquet")
        .containsEntry("parquet/org/apache/thrift", "Apache Thrift, in Apache Parquet");
  }

  @Test
  void newLibraryIsNamed() {
    assertThat(
            unlisted(
                List.of(
                    "org/apache/kafka/common/Node.class",
                    "org/apache/kafka/shaded/org/example/Hidden.class",
                    "org/apache/avro/shaded/com/google/Hidden.class",
                    "parquet/org/example/Shaded.class",
                    "linux/amd64/libzstd-jni.so",
                    "com/example/New.class")))
        .containsExactly(
            "org/apache/kafka/shaded/org/example/Hidden.class",
            "org/apache/avro/shaded/com/google/Hidden.class",
            "parquet/org/example/Shaded.class",
            "com/example/New.class");
  }

  @Test
  void jobJarHasNativeCodeForTheMachinesThatHadoopRunsOn() {
    assertThat(files.stream().filter(file -> file.matches(".*\\.(so|dll|dylib|jnilib)")))
        .isNotEmpty()
        .allMatch(file -> file.contains("linux/amd64/") || file.contains("linux/aarch64/"));
  }

  /** Its factories find their implementations by name, which a minimized jar knows nothing of. */
  @ParameterizedTest
  @ValueSource(strings = {"net.jpountz.lz4.LZ4Factory", "net.jpountz.xxhash.XXHashFactory"})
  void jobJarHasWhatLz4FindsByName(String factory) throws Exception {
    try (var jar = new URLClassLoader(new URL[] {JobJar.JAR.toUri().toURL()}, null)) {
      for (var kind : List.of("fastestInstance", "safeInstance", "unsafeInstance")) {
        assertThat(jar.loadClass(factory).getMethod(kind).invoke(null)).as(kind).isNotNull();
      }
    }
  }

  /** The build leaves them out, since only a broker's request log needs them. */
  @Test
  void noClassOfKafkaNamesTheJsonConvertersThatAreLeftOut() throws IOException {
    try (var jar = new ZipFile(JobJar.JAR.toFile())) {
      var classes =
          jar.stream()
              .map(ZipEntry::getName)
              .filter(name -> name.matches("org/apache/kafka/.*\\.class"))
              .toList();
      assertThat(classes)
          .hasSizeGreaterThan(1000)
          .allSatisfy(
              name -> {
                try (var in = jar.getInputStream(jar.getEntry(name))) {
                  assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
                      .doesNotContain("JsonConverter");
                }
              });
    }
  }

  @Test
  void jobJarIsSmall() throws IOException {
    assertThat(Files.size(JobJar.JAR)).isLessThanOrEqualTo(25_000_000);
  }

  private static List<String> unlisted(List<String> files) {
    return files.stream().filter(file -> !isListed(file)).toList();
  }

  /** Whether there is a line for the library itself, not only for one that contains it. */
  private static boolean isListed(String file) {
    return place(file)
        .filter(place -> OF_OTHERS.stream().allMatch(part -> isNamedAsDeep(file, place, part)))
        .isPresent();
  }

  private static boolean isNamedAsDeep(String file, String place, String part) {
    int inside = file.lastIndexOf(part);
    return inside < 0 || place.length() > inside + part.length();
  }

  /** The longest place of the list in which a file lies. */
  private static Optional<String> place(String file) {
    return libraries.keySet().stream()
        .filter(place -> isIn(file, place))
        .max(Comparator.comparingInt(String::length));
  }

  private static boolean isIn(String file, String place) {
    return file.equals(place) || file.startsWith(place + "/");
  }

  /** Clickmill's own files, and what the build writes. */
  private static boolean isOurs(String name) {
    boolean isOfTheBuild = name.startsWith("META-INF/") && !name.startsWith("META-INF/resources/");
    return isOfTheBuild || name.startsWith("org/clickmill/") && !name.startsWith(RENAMED);
  }

  /** Takes the lines that begin with two blanks and end with a colon and places. */
  private static Map<String, String> parse(String list) {
    var libraries = new TreeMap<String, String>();
    list.lines()
        .filter(line -> line.matches("  \\S.*: \\S.*"))
        .forEach(
            line -> {
              int colon = line.lastIndexOf(": ");
              for (var place : line.substring(colon + 2).split(" ")) {
                assertThat(libraries.put(place, line.substring(0, colon).strip()))
                    .as("another library in " + place)
                    .isNull();
              }
            });
    return libraries;
  }
}
