package io.obconnect.model;

import com.alibaba.druid.sql.ast.expr.SQLCharExpr;
import java.util.ArrayList;
import java.util.List;

/**
 * SQL for Druid with a number in place of each text: Druid changes some texts, for example every
 * carriage return and line feed to a line feed.
 */
final class DruidText {

  private final List<String> texts = new ArrayList<>();
  private final String sql;

  DruidText(List<SqlToken> tokens) {
    this.sql = SqlToken.canonical(tokens.stream().map(this::numbered).toList());
  }

  private SqlToken numbered(SqlToken token) {
    if (token.kind() != SqlToken.Kind.STRING) {
      return token;
    }
    texts.add(token.text());
    return new SqlToken(SqlToken.Kind.STRING, String.valueOf(texts.size() - 1), token.spaced());
  }

  String sql() {
    return sql;
  }

  /** Returns the text that a literal of Druid's stands for. */
  String textOf(SQLCharExpr literal) {
    return texts.get(Integer.parseInt(literal.getText()));
  }
}
