package io.obconnect.source;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a preflight found. Holds neither row values nor passwords.
 *
 * @param database the kind of database, {@code mysql} or {@code oceanbase}
 * @param findings what was found, in the order of the documentation
 * @param skipped ids of the checks that were left out
 */
public record PreflightReport(String database, List<Finding> findings, List<String> skipped) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What becomes of a finding. */
  public enum Severity {
    /** The connector does not start. */
    ERROR,
    /** The connector starts, and says it in its log. */
    WARNING;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One thing that was found.
   *
   * @param id of the check, as {@code precheck.skip} takes it
   * @param option that it belongs to
   * @param sentence what was found
   * @param advice what to do
   */
  public record Finding(
      String id, Severity severity, String option, String sentence, String advice) {
    public Finding {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(severity, "severity");
      Objects.requireNonNull(option, "option");
      Objects.requireNonNull(sentence, "sentence");
      Objects.requireNonNull(advice, "advice");
    }

    /** The finding as one line, for logs and messages. */
    @Override
    public String toString() {
      return id + ": " + sentence + " " + advice;
    }
  }

  public PreflightReport {
    Objects.requireNonNull(database, "database");
    findings = List.copyOf(findings);
    skipped = List.copyOf(skipped);
  }

  /** What keeps the connector from starting. */
  public List<Finding> errors() {
    return of(Severity.ERROR);
  }

  /** What the connector starts with all the same. */
  public List<Finding> warnings() {
    return of(Severity.WARNING);
  }

  private List<Finding> of(Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).toList();
  }

  /**
   * The report as a JSON object on one line: {@code database}, {@code findings} with {@code id},
   * {@code severity}, {@code option}, {@code sentence} and {@code advice}, and {@code skipped}.
   */
  public String toJson() {
    ObjectNode report = JSON.createObjectNode().put("database", database);
    ArrayNode all = report.putArray("findings");
    for (Finding finding : findings) {
      all.addObject()
          .put("id", finding.id())
          .put("severity", finding.severity().toString())
          .put("option", finding.option())
          .put("sentence", finding.sentence())
          .put("advice", finding.advice());
    }
    ArrayNode left = report.putArray("skipped");
    skipped.forEach(left::add);
    return report.toString();
  }

  /** The errors, each on a line of its own. */
  String describeErrors() {
    return errors().stream().map(Finding::toString).collect(Collectors.joining("\n"));
  }
}
