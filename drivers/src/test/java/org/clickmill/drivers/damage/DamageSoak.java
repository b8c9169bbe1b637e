package org.clickmill.drivers.damage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Random;

/**
 * What damage-soak runs: {@code --mutations N --seed S --format PART --more FOLDER --commands N
 * --folder F}.
 */
final class DamageSoak {
  private static final int EVENTS = 400;

  private DamageSoak() {}

  public static void main(String[] arguments) throws Exception {
    var options = new HashMap<String, String>();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      options.put(arguments[i], arguments[i + 1]);
    }
    int mutations = Integer.parseInt(options.getOrDefault("--mutations", "100000"));
    long seed =
        options.containsKey("--seed")
            ? Long.parseLong(options.get("--seed"))
            : new Random().nextLong();
    var folder = Path.of(options.get("--folder"));
    var corpus = folder.resolve("corpus");
    if (!Files.exists(corpus)) {
      Corpus.write(corpus, EVENTS);
    }
    if (options.containsKey("--more")) {
      copy(Path.of(options.get("--more")), corpus);
    }
    System.out.println("damage-soak: seed " + seed + ", " + mutations + " mutations");
    var warehouse = folder.resolve("warehouse");
    int commands = Integer.parseInt(options.getOrDefault("--commands", "200"));
    if (commands > 0 && !Files.exists(warehouse)) {
      Commands.makeWarehouse(warehouse, folder.resolve("raw"));
      copy(warehouse, corpus);
    }
    try (var campaign =
        new DamageCampaign(corpus, warehouse, folder.resolve("process"), System.out)) {
      campaign.run(mutations, seed, options.getOrDefault("--format", ""));
      System.out.println("damage-soak: readers: " + campaign.figures());
      campaign.runCommands(commands, seed);
      System.out.println("damage-soak: " + campaign.figures());
      System.exit(campaign.offenders().isEmpty() ? 0 : 1);
    }
  }

  /** Copies Parquet files; those with times of events can be imported as well. */
  private static void copy(Path from, Path corpus) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.filter(path -> path.toString().endsWith(".parquet")).toList()) {
        var text = Files.readString(file, StandardCharsets.ISO_8859_1);
        var folder = from.relativize(file.getParent()).toString().replace('/', '-');
        var name = (text.contains("event_time") ? "more-" : "table-") + folder;
        Files.copy(
            file,
            corpus.resolve(name + "-" + file.getFileName()),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
