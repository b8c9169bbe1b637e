import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hive.metastore.HiveMetaStoreClient;
import org.apache.hadoop.hive.metastore.conf.MetastoreConf;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.security.token.Token;
import org.apache.hadoop.security.token.TokenIdentifier;

/**
 * Gets a delegation token of a metastore under Kerberos and writes it to a file, as Oozie does for
 * an action. Java runs this source file as it is, on Hive's class path (SecureMetastoreIT). The
 * arguments are the metastore's URI and principal, the principal and keytab of the token's owner,
 * and the file.
 */
final class MetastoreToken {
  private MetastoreToken() {}

  public static void main(String[] arguments) throws Exception {
    var configuration = MetastoreConf.newMetastoreConf();
    configuration.set("hadoop.security.authentication", "kerberos");
    MetastoreConf.setVar(configuration, MetastoreConf.ConfVars.THRIFT_URIS, arguments[0]);
    MetastoreConf.setBoolVar(configuration, MetastoreConf.ConfVars.USE_THRIFT_SASL, true);
    MetastoreConf.setVar(configuration, MetastoreConf.ConfVars.KERBEROS_PRINCIPAL, arguments[1]);
    UserGroupInformation.setConfiguration(configuration);
    UserGroupInformation.loginUserFromKeytab(arguments[2], arguments[3]);
    var user = UserGroupInformation.getLoginUser().getShortUserName();
    var token = new Token<TokenIdentifier>();
    var client = new HiveMetaStoreClient(configuration);
    try {
      token.decodeFromUrlString(client.getDelegationToken(user, user));
    } finally {
      client.close();
    }
    var credentials = new Credentials();
    credentials.addToken(new Text("metastore"), token);
    credentials.writeTokenStorageFile(new Path("file://" + arguments[4]), configuration);
  }
}
