package org.clickmill.drivers.doctor;

import java.time.Clock;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.nativeio.NativeIO;
import org.apache.hadoop.util.VersionInfo;
import org.clickmill.drivers.doctor.LoginCheck.Login;
import org.clickmill.drivers.metastore.MetastoreClient;
import org.clickmill.jobs.kernel.Slots;
import org.clickmill.jobs.load.KafkaClient;

/**
 * All checks, in the order in which their findings are printed: the client, the cluster, the
 * warehouse, and the services beside it.
 *
 * @param root folder of the warehouse, which need not be there
 * @param configuration the settings
 * @param metastore the client of the metastore
 * @param loadedFrom the Kafka that topics are loaded from, or null if none is named
 * @param pushedTo the Kafka that tables are pushed to, or null if none is named
 */
public record Checks(
    Path root,
    Configuration configuration,
    MetastoreClient metastore,
    KafkaClient loadedFrom,
    KafkaClient pushedTo) {
  List<Check> all() {
    var clock = Clock.systemUTC();
    boolean isLocal = Slots.isLocal(configuration);
    return List.of(
        new ClientCheck(
            System.getProperty("java.version"),
            System.getProperty("java.home"),
            VersionInfo.getVersion()),
        new NativeLibraryCheck(Login::ofProcess, isLocal, NativeIO::isAvailable),
        new LocalScratchCheck(configuration),
        new LoginCheck(Login::ofProcess, new TicketCache(), clock),
        new QueueCheck(configuration),
        new ContainerCheck(
            isLocal, Login::ofProcess, () -> new ContainerProbe(root, configuration, clock).ask()),
        new FileSystemCheck(root, configuration),
        new RegionCheck(root, configuration),
        new SpaceCheck(root, configuration),
        new ClockCheck(root, configuration, clock),
        new TokenCheck(root, configuration, Login::ofProcess, clock),
        new MetastoreCheck(metastore, configuration),
        KafkaCheck.ofLoads(loadedFrom, root, configuration),
        KafkaCheck.ofPushes(pushedTo, configuration));
  }
}
