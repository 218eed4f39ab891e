package io.obconnect.model;

import com.alibaba.druid.sql.ast.SQLIndexDefinition;
import com.alibaba.druid.sql.ast.SQLIndexOptions;
import com.alibaba.druid.sql.ast.expr.SQLCharExpr;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** From the options of Druid's index to the model's. */
final class DruidIndexReader {

  private final DruidText druid;
  private final SQLIndexOptions options;

  DruidIndexReader(DruidText druid) {
    SQLIndexDefinition index = DruidElements.index(druid.sql());
    if (index.isHashMapType() || index.isHashType() || index.isGlobal() || index.isLocal()) {
      throw new DdlSyntaxException("an index option MySQL does not have");
    }
    this.druid = druid;
    this.options = index.getOptions();
  }

  boolean invisible() {
    return options.isInvisible();
  }

  String comment() {
    if (options.getComment() == null) {
      return "";
    }
    if (options.getComment() instanceof SQLCharExpr text) {
      return druid.textOf(text);
    }
    throw new DdlSyntaxException("the comment of an index is no text");
  }

  Map<String, String> options() {
    Map<String, String> result = new LinkedHashMap<>();
    if (options.getIndexType() != null) {
      result.put("USING", options.getIndexType().toUpperCase(Locale.ROOT));
    }
    if (options.getKeyBlockSize() != null) {
      result.put("KEY_BLOCK_SIZE", options.getKeyBlockSize().toString());
    }
    if (options.getParserName() != null) {
      result.put("WITH PARSER", options.getParserName().replace("`", ""));
    }
    return result;
  }
}
