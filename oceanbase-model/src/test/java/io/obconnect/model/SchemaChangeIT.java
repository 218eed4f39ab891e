package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Runs each kind of schema change on a source, converts it, runs the result on a destination, and
 * compares the destination's definitions with the converted definitions of the source.
 */
@ExtendWith(LocalStackExtension.class)
class SchemaChangeIT {

  private static final AtomicInteger DATABASES = new AtomicInteger();

  static final List<SchemaChangeLine> MYSQL_TO_OCEANBASE = SchemaChangeLines.MYSQL_TO_OCEANBASE;
  static final List<SchemaChangeLine> BEYOND = SchemaChangeLines.BEYOND;
  static final List<SchemaChangeLine> REFUSED = SchemaChangeLines.REFUSED;
  static final List<SchemaChangeLine> OCEANBASE_TO_MYSQL = SchemaChangeLines.OCEANBASE_TO_MYSQL;
  static final List<SchemaChangeLine> OCEANBASE_TO_OCEANBASE =
      SchemaChangeLines.OCEANBASE_TO_OCEANBASE;

  /** A server, the database that is the scene on it, and what it can do. */
  private record Side(Connection connection, String database, DestinationProfile profile) {

    static Side of(Connection connection, String database) throws SQLException {
      execute(connection, "CREATE DATABASE " + SqlText.identifier(database));
      return new Side(connection, database, DestinationProbe.probe(connection));
    }

    void execute(String sql) throws SQLException {
      execute(connection, sql);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.setEscapeProcessing(false);
        statement.execute(sql);
      }
    }

    Optional<TableDefinition> table(TableId id) {
      try {
        return DefinitionReader.read(connection, profile, id);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    Map<String, String> views() throws SQLException {
      return texts(
          "SELECT TABLE_NAME, VIEW_DEFINITION FROM information_schema.VIEWS WHERE TABLE_SCHEMA = ");
    }

    Map<String, String> tables() throws SQLException {
      return texts(
          "SELECT TABLE_NAME, TABLE_NAME FROM information_schema.TABLES"
              + " WHERE TABLE_TYPE = 'BASE TABLE' AND TABLE_SCHEMA = ");
    }

    private Map<String, String> texts(String query) throws SQLException {
      Map<String, String> texts = new TreeMap<>();
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(query + SqlText.literal(database))) {
        while (rows.next()) {
          texts.put(rows.getString(1), rows.getString(2).replace(database, ""));
        }
      }
      return texts;
    }
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource({"MYSQL_TO_OCEANBASE", "BEYOND"})
  void fromMySqlToOceanBase(SchemaChangeLine line, MySqlServer mysql, OceanBaseServer oceanBase)
      throws SQLException {
    try (Connection source = mysql.connect();
        Connection destination = oceanBase.connect()) {
      carryOver(line, source, destination);
    }
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource({"MYSQL_TO_OCEANBASE", "BEYOND"})
  void fromMySqlToMySql(SchemaChangeLine line, MySqlServer mysql) throws SQLException {
    try (Connection source = mysql.connect();
        Connection destination = mysql.connect()) {
      carryOver(line, source, destination);
    }
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("OCEANBASE_TO_MYSQL")
  void fromOceanBaseToMySql(SchemaChangeLine line, MySqlServer mysql, OceanBaseServer oceanBase)
      throws SQLException {
    try (Connection source = oceanBase.connect();
        Connection destination = mysql.connect()) {
      carryOver(line, source, destination);
    }
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("OCEANBASE_TO_OCEANBASE")
  void fromOceanBaseToOceanBase(SchemaChangeLine line, OceanBaseServer oceanBase)
      throws SQLException {
    try (Connection source = oceanBase.connect();
        Connection destination = oceanBase.connect()) {
      carryOver(line, source, destination);
    }
  }

  /** What OceanBase cannot do and rows depend on is refused before anything is tried. */
  @ParameterizedTest(name = "{0}")
  @FieldSource("REFUSED")
  void refusedOnOceanBase(SchemaChangeLine line, MySqlServer mysql, OceanBaseServer oceanBase)
      throws SQLException {
    try (Connection source = mysql.connect();
        Connection destination = oceanBase.connect()) {
      Side from = Side.of(source, "from_" + DATABASES.incrementAndGet());
      Side to = Side.of(destination, "to_" + DATABASES.get());
      for (String sql : line.setup()) {
        follow(sql, from, to);
      }
      from.execute("USE " + from.database());
      from.execute(line.sql());
      ChangeResult result = converter(from, to).convert(parse(line.sql(), from));
      assertInstanceOf(ChangeResult.Refused.class, result, result::toString);
    }
  }

  private static void carryOver(SchemaChangeLine line, Connection source, Connection destination)
      throws SQLException {
    Side from = Side.of(source, "from_" + DATABASES.incrementAndGet());
    Side to = Side.of(destination, "to_" + DATABASES.get());
    for (String sql : line.setup()) {
      follow(sql, from, to);
    }
    List<ChangeStep> steps = follow(line.sql(), from, to);
    assertFalse(steps.isEmpty() && line.hasEffect(), "nothing was carried over");
    compare(from, to);
  }

  private static DdlStatement parse(String sql, Side from) {
    List<DdlStatement> statements = new DdlParser().parse(sql, from.database());
    assertEquals(1, statements.size(), statements::toString);
    return statements.get(0);
  }

  private static ConversionOptions options(Side from, Side to) {
    return ConversionOptions.full()
        .withNames(
            id -> new TableId(id.database().replace(from.database(), to.database()), id.table()));
  }

  private static ChangeConverter converter(Side from, Side to) {
    return new ChangeConverter(to.profile(), options(from, to), to::table);
  }

  /** Lets the destination do what the source does, and asks after each step what is left. */
  private static List<ChangeStep> follow(String sql, Side from, Side to) throws SQLException {
    from.execute("USE " + from.database());
    from.execute(sql);
    if (parse(sql, from) instanceof DdlStatement.Other) {
      return List.of();
    }
    ChangeResult result = converter(from, to).convert(parse(sql, from));
    List<ChangeStep> steps =
        assertInstanceOf(ChangeResult.Converted.class, result, result::toString).steps();
    for (int done = 1; done <= steps.size(); done++) {
      to.execute(steps.get(done - 1).sql());
      ChangeProgress progress = ChangeProgress.of(steps, to::table);
      int left = steps.size() - done;
      assertFalse(
          progress.state() != ChangeProgress.State.UNKNOWN && progress.remaining().size() < left,
          () -> sql + " seems to be further than it is: " + progress);
    }
    for (ChangeStep step : ChangeProgress.of(steps, to::table).remaining()) {
      // What cannot be seen is done twice after a crash: with the same result.
      to.execute(step.sql());
    }
    return steps;
  }

  private static void compare(Side from, Side to) throws SQLException {
    assertEquals(from.tables().keySet(), to.tables().keySet());
    for (String name : from.tables().keySet()) {
      TableDefinition source = from.table(new TableId(from.database(), name)).orElseThrow();
      ConversionResult.Converted expected =
          assertInstanceOf(
              ConversionResult.Converted.class,
              SchemaConverter.convert(source, to.profile(), options(from, to)));
      TableDefinition actual = to.table(new TableId(to.database(), name)).orElseThrow();
      assertEquals(
          NormalTable.of(expected.table(), to.profile()), NormalTable.of(actual, to.profile()));
    }
    assertEquals(from.views().keySet(), to.views().keySet());
  }
}
