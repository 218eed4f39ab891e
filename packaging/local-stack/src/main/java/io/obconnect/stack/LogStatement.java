package io.obconnect.stack;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement that the proxy sends to the Binlog Service instead of the server.
 *
 * @param text in lower case
 * @param variable of the service, or null
 */
record LogStatement(Kind kind, String text, String variable) {
  private static final String VARIABLES =
      "(gtid_mode|gtid_executed|gtid_purged|gtid_next|gtid_owned|enforce_gtid_consistency|server_id|server_uuid)";
  private static final Pattern SELECT = Pattern.compile("select @@(?:global\\.)?" + VARIABLES);
  private static final Pattern SHOW =
      Pattern.compile("show (?:(?:global|session|local) )?variables like '" + VARIABLES + "'");
  private static final Pattern FUNCTION =
      Pattern.compile("select (gtid_subtract|gtid_subset) ?\\( ?'([^']*)' ?, ?'([^']*)' ?\\)");

  enum Kind {
    STATUS,
    FILES,
    SELECT_VARIABLE,
    SHOW_VARIABLE,
    FUNCTION
  }

  /** Null when it is for the server. */
  static LogStatement of(String statement) {
    if (statement.equals("show master status")) {
      return new LogStatement(Kind.STATUS, statement, null);
    }
    if (statement.equals("show binary logs")) {
      return new LogStatement(Kind.FILES, statement, null);
    }
    Matcher select = SELECT.matcher(statement);
    if (select.matches()) {
      return new LogStatement(Kind.SELECT_VARIABLE, statement, select.group(1));
    }
    Matcher show = SHOW.matcher(statement);
    if (show.matches()) {
      return new LogStatement(Kind.SHOW_VARIABLE, statement, show.group(1));
    }
    return FUNCTION.matcher(statement).matches()
        ? new LogStatement(Kind.FUNCTION, statement, null)
        : null;
  }

  boolean isVariable() {
    return variable != null;
  }

  List<String> columns() {
    return switch (kind) {
      case STATUS ->
          List.of("File", "Position", "Binlog_Do_DB", "Binlog_Ignore_DB", "Executed_Gtid_Set");
      case FILES -> List.of("Log_name", "File_size");
      case SHOW_VARIABLE -> List.of("Variable_name", "Value");
      case SELECT_VARIABLE, FUNCTION -> List.of(text.substring("select ".length()));
    };
  }

  List<List<String>> rows(BinlogService service) {
    return switch (kind) {
      case STATUS -> {
        BinlogLog.Status status = service.status();
        yield List.of(
            List.of(status.file(), String.valueOf(status.position()), "", "", status.gtids()));
      }
      case FILES ->
          service.log().files().stream()
              .map(file -> List.of(file.name(), String.valueOf(file.end())))
              .toList();
      case SHOW_VARIABLE -> List.of(List.of(variable, value(service)));
      case SELECT_VARIABLE -> List.of(List.of(value(service)));
      case FUNCTION -> List.of(List.of(calculated()));
    };
  }

  private String value(BinlogService service) {
    return switch (variable) {
      case "gtid_mode", "enforce_gtid_consistency" -> "ON";
      case "gtid_executed" -> service.status().gtids();
      case "gtid_purged" -> service.log().purgedGtids();
      case "gtid_next" -> "AUTOMATIC";
      case "server_id" -> String.valueOf(BinlogEvent.SERVER_ID);
      case "server_uuid" -> service.log().uuid().toString();
      default -> "";
    };
  }

  private String calculated() {
    Matcher call = FUNCTION.matcher(text);
    if (!call.matches()) {
      throw new IllegalStateException("not a function: " + text);
    }
    GtidRanges left = GtidRanges.parse(call.group(2));
    GtidRanges right = GtidRanges.parse(call.group(3));
    return call.group(1).toLowerCase(Locale.ROOT).equals("gtid_subset")
        ? left.minus(right).isEmpty() ? "1" : "0"
        : left.minus(right).toString();
  }
}
