package io.obconnect.docker;

import io.obconnect.stack.ExternalEngines;
import io.obconnect.stack.ExternalEngines.ExternalSql;
import io.obconnect.stack.ExternalEnginesProvider;
import io.obconnect.stack.HostPort;
import java.util.Optional;
import org.testcontainers.containers.JdbcDatabaseContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.mysql.MySQLContainer;
import org.testcontainers.oceanbase.OceanBaseCEContainer;

/** Starts the engines as containers; Testcontainers ends them with the JVM. */
public final class ContainerEngines implements ExternalEnginesProvider {
  private static final int MYSQL_PORT = 3306;
  private static final int OCEANBASE_PORT = 2881;

  /** Starts nothing yet. */
  public ContainerEngines() {}

  @Override
  @SuppressWarnings("resource") // Testcontainers' own reaper closes them.
  public ExternalEngines start() {
    MySQLContainer mysql =
        new MySQLContainer("mysql:9.7").withUsername("root").withPassword("container");
    mysql.start();
    OceanBaseCEContainer oceanbase = new OceanBaseCEContainer("oceanbase/oceanbase-ce:4.3.5-lts");
    oceanbase.start();
    KafkaContainer kafka = new KafkaContainer("apache/kafka:4.3.1");
    kafka.start();
    String bootstrap = kafka.getBootstrapServers();
    return new ExternalEngines(
        Optional.of(sql(mysql, MYSQL_PORT)),
        Optional.of(sql(oceanbase, OCEANBASE_PORT)),
        Optional.of(HostPort.parse(bootstrap.substring(bootstrap.lastIndexOf('/') + 1))),
        Optional.empty());
  }

  private static ExternalSql sql(JdbcDatabaseContainer<?> engine, int port) {
    return new ExternalSql(
        new HostPort(engine.getHost(), engine.getMappedPort(port)),
        engine.getUsername(),
        engine.getPassword());
  }
}
