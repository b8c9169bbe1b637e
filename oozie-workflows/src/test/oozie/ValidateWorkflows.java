import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.oozie.service.ActionService;
import org.apache.oozie.service.ELService;
import org.apache.oozie.service.LiteWorkflowStoreService.LiteActionHandler;
import org.apache.oozie.service.LiteWorkflowStoreService.LiteControlNodeHandler;
import org.apache.oozie.service.LiteWorkflowStoreService.LiteDecisionHandler;
import org.apache.oozie.service.Services;
import org.apache.oozie.util.XmlUtils;
import org.apache.oozie.workflow.WorkflowException;
import org.apache.oozie.workflow.lite.LiteWorkflowAppParser;

/**
 * Lets Oozie's parser look at the workflows below a folder, and prints a line for each: {@code taken}
 * or {@code refused}, the file, and why. Java runs this source file as it is, on the class path of
 * the server (SemanticsCheck).
 */
final class ValidateWorkflows {
  private ValidateWorkflows() {}

  public static void main(String[] arguments) throws Exception {
    var folder = Path.of(arguments[0]);
    var home = Path.of(System.getProperty("oozie.home.dir"));
    Files.createDirectories(home.resolve("conf"));
    Files.writeString(
        home.resolve("conf").resolve("oozie-site.xml"),
        """
        <configuration>
          <property><name>oozie.services</name><value>%s</value></property>
          <property><name>oozie.service.ActionService.executor.ext.classes</name>
            <value>org.apache.oozie.action.email.EmailActionExecutor</value></property>
          <property><name>oozie.javax.xml.parsers.DocumentBuilderFactory</name>
            <value>com.sun.org.apache.xerces.internal.jaxp.DocumentBuilderFactoryImpl</value></property>
        </configuration>
        """
            .formatted(
                String.join(
                    ",",
                    ELService.class.getName(),
                    ActionService.class.getName())));
    new Services().init();
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(path -> path.endsWith("workflow.xml")).sorted().toList()) {
        System.out.println(answer(file).formatted(folder.relativize(file)));
      }
    }
    System.exit(0);
  }

  private static String answer(Path file) throws Exception {
    var text = Files.readString(file);
    try {
      // Without a schema: SchemaCheck has looked at that.
      new LiteWorkflowAppParser(
              null,
              LiteControlNodeHandler.class,
              LiteDecisionHandler.class,
              LiteActionHandler.class)
          .validateAndParse(new StringReader(text), values(text));
      return "taken\t%s\t";
    } catch (WorkflowException e) {
      return "refused\t%s\t" + e.getMessage().replaceAll("\\s+", " ").replace("%", "%%");
    }
  }

  /** A value for every parameter that has no default. */
  private static Configuration values(String text) throws Exception {
    var configuration = new Configuration(false);
    var root = XmlUtils.parseXml(text);
    var parameters = root.getChild("parameters", root.getNamespace());
    for (var property : parameters.getChildren("property", root.getNamespace())) {
      var element = (org.jdom.Element) property;
      if (element.getChild("value", root.getNamespace()) == null) {
        configuration.set(element.getChildText("name", root.getNamespace()), "any");
      }
    }
    return configuration;
  }
}
