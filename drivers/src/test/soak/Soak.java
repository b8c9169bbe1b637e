import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.read.EventFileReader;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.testdata.kafka.KafkaBroker;

/** What load-soak cannot do by commands; run from the source, with the job jar. */
public final class Soak {
  private Soak() {}

  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "broker" -> runBroker(Path.of(arguments[1]), Path.of(arguments[2]));
      case "places" -> printPlaces(arguments[1]);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  /** Prints the broker's address, and runs it until standard input ends. */
  private static void runBroker(Path jars, Path folder) throws Exception {
    try (var broker = KafkaBroker.start(jars, folder)) {
      System.out.println(broker.bootstrapServers());
      while (System.in.read() >= 0) {
        // Nothing is ever sent.
      }
    }
  }

  /** Prints where each sealed event of a warehouse came from. */
  private static void printPlaces(String root) throws Exception {
    var configuration = new Configuration();
    var warehouse =
        Warehouse.open(new org.apache.hadoop.fs.Path(Path.of(root).toUri()), configuration);
    for (var hour : warehouse.manifests("events", null, null).entrySet()) {
      for (var file : InputFile.of(warehouse, hour.getKey(), hour.getValue())) {
        try (var reader = EventFileReader.open(warehouse.fileSystem(), file, configuration)) {
          for (var event = reader.next(new Event()); event != null; event = reader.next(event)) {
            System.out.println(
                event.getSourceName()
                    + "-"
                    + event.getSourcePartition()
                    + "@"
                    + event.getSourceOffset());
          }
        }
      }
    }
  }
}
