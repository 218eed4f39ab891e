package io.obconnect.model;

import com.alibaba.druid.DbType;
import com.alibaba.druid.sql.SQLUtils;
import com.alibaba.druid.sql.ast.SQLIndexDefinition;
import com.alibaba.druid.sql.ast.SQLStatement;
import com.alibaba.druid.sql.ast.statement.SQLColumnDefinition;
import com.alibaba.druid.sql.ast.statement.SQLTableElement;
import com.alibaba.druid.sql.dialect.mysql.ast.MySqlKey;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlCreateTableStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlTableIndex;
import java.util.List;

/** Druid's reading of single elements of CREATE TABLE. */
final class DruidElements {

  private DruidElements() {}

  static SQLColumnDefinition column(String sql) {
    if (parse(sql) instanceof SQLColumnDefinition column) {
      return column;
    }
    throw new DdlSyntaxException("expected a column: " + sql);
  }

  static SQLIndexDefinition index(String sql) {
    SQLTableElement element = parse(sql);
    if (element instanceof MySqlKey key) {
      return key.getIndexDefinition();
    }
    if (element instanceof MySqlTableIndex index) {
      return index.getIndexDefinition();
    }
    throw new DdlSyntaxException("expected an index: " + sql);
  }

  private static SQLTableElement parse(String sql) {
    List<SQLStatement> statements;
    try {
      statements = SQLUtils.parseStatements("CREATE TABLE t (" + sql + ")", DbType.mysql);
    } catch (RuntimeException e) {
      // Druid reports broken text by its ParserException, but also by whatever it stumbles upon.
      throw new DdlSyntaxException("not understood: " + sql, e);
    }
    if (statements.size() == 1
        && statements.get(0) instanceof MySqlCreateTableStatement table
        && table.getTableElementList().size() == 1) {
      return table.getTableElementList().get(0);
    }
    throw new DdlSyntaxException("not one element of a table: " + sql);
  }
}
