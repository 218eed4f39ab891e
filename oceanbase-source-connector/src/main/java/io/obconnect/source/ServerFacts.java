package io.obconnect.source;

import io.obconnect.model.GrantedPrivileges;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A database server as it answered once.
 *
 * @param variables global variables by their lower-case names, as far as it has them
 * @param clockAhead how far its clock is ahead of the worker's, as far as that is certain
 * @param zoneOffset how far its local time is ahead of UTC now
 * @param replica whether it replicates from another server; empty if it does not say
 * @param log what it writes into its log; empty if nobody answers that
 */
record ServerFacts(
    Map<String, String> variables,
    GrantedPrivileges granted,
    Duration clockAhead,
    Duration zoneOffset,
    Optional<Boolean> replica,
    Optional<LogFacts> log) {
  private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)");
  private static final Pattern OCEANBASE = Pattern.compile("OceanBase\\D*(\\d+)\\.(\\d+)");

  /**
   * What is in the log.
   *
   * @param gtids whether transactions have GTIDs
   * @param executed the GTIDs so far
   * @param only databases that alone are logged; none: all are
   * @param ignored databases that are not logged
   */
  record LogFacts(boolean gtids, String executed, List<String> only, List<String> ignored) {
    LogFacts {
      Objects.requireNonNull(executed, "executed");
      only = List.copyOf(only);
      ignored = List.copyOf(ignored);
    }

    boolean has(String database) {
      return (only.isEmpty() || only.contains(database)) && !ignored.contains(database);
    }
  }

  /** A version's first two numbers. */
  record Version(int major, int minor) {
    boolean isBefore(int otherMajor, int otherMinor) {
      return major < otherMajor || (major == otherMajor && minor < otherMinor);
    }

    @Override
    public String toString() {
      return major + "." + minor;
    }
  }

  ServerFacts {
    variables = Map.copyOf(variables);
    Objects.requireNonNull(granted, "granted");
    Objects.requireNonNull(clockAhead, "clockAhead");
    Objects.requireNonNull(zoneOffset, "zoneOffset");
    Objects.requireNonNull(replica, "replica");
    Objects.requireNonNull(log, "log");
  }

  /** A variable's value; empty text when there is no such variable. */
  String variable(String name) {
    return variables.getOrDefault(name, "");
  }

  /** Whether a variable has another value than this one. A variable that is not there has none. */
  boolean differs(String name, String value) {
    return variables.containsKey(name) && !variable(name).equalsIgnoreCase(value);
  }

  boolean isOceanBase() {
    return names("oceanbase");
  }

  boolean isMariaDb() {
    return names("mariadb");
  }

  private boolean names(String product) {
    return (variable("version") + " " + variable("version_comment"))
        .toLowerCase(Locale.ROOT)
        .contains(product);
  }

  /** OceanBase's own version, or MySQL's; the other one, which OceanBase tells, is made up. */
  Optional<Version> productVersion() {
    Matcher matcher =
        isOceanBase()
            ? OCEANBASE.matcher(variable("version_comment"))
            : NUMBERS.matcher(variable("version"));
    return matcher.find()
        ? Optional.of(
            new Version(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }
}
