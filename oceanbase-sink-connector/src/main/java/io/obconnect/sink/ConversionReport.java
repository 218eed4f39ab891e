package io.obconnect.sink;

import io.obconnect.model.ChangeConverter;
import io.obconnect.model.ChangeResult;
import io.obconnect.model.ChangeStep;
import io.obconnect.model.DdlKind;
import io.obconnect.model.DdlParser;
import io.obconnect.model.DdlStatement;
import io.obconnect.model.DestinationProfile;
import io.obconnect.model.Rewrite;
import io.obconnect.model.SchemaConverter;
import io.obconnect.model.StatementRenderer;
import io.obconnect.model.TableDefinition;
import io.obconnect.model.TableFit;
import io.obconnect.model.TableId;
import io.obconnect.sink.SchemaPolicies.Decision;
import io.obconnect.sink.SourceChange.SchemaChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What would become of the source's definitions, as text: it decides as {@link SchemaApplier} does.
 */
final class ConversionReport {
  /** Schema changes and unreadable topics that are listed; more of them are counted. */
  private static final int MAX_LINES = 10_000;

  private final SchemaPolicies policies;
  private final ExistingTablePolicy existing;
  private final DestinationProfile profile;
  private final FutureTables future;
  private final DdlParser parser = new DdlParser();
  private final Map<TableId, TableId> owners = new HashMap<>();
  private final Map<String, List<String>> databases = new LinkedHashMap<>();
  private final Map<TableId, List<String>> tables = new TreeMap<>(byName());
  private final Set<TableId> withRows = new HashSet<>();
  private final List<String> changes = new ArrayList<>();
  private final Map<String, String> unreadable = new TreeMap<>();
  private long furtherChanges;
  private long revision;

  /**
   * An empty report.
   *
   * @param destination the tables that exist, by their names there
   */
  ConversionReport(
      SchemaPolicies policies,
      ExistingTablePolicy existing,
      DestinationProfile profile,
      Function<TableId, Optional<TableDefinition>> destination) {
    this.policies = Objects.requireNonNull(policies, "policies");
    this.existing = Objects.requireNonNull(existing, "existing");
    this.profile = Objects.requireNonNull(profile, "profile");
    this.future = new FutureTables(destination);
  }

  private static Comparator<TableId> byName() {
    return Comparator.comparing(TableId::database).thenComparing(TableId::table);
  }

  /** Takes a row's table. */
  void row(TableId table) {
    if (policies.selection().includes(table) && withRows.add(table)) {
      revision++;
    }
  }

  /** Takes a topic with records that no change can be read from. */
  void unreadable(String topic, String reason) {
    if (unreadable.size() < MAX_LINES && unreadable.putIfAbsent(topic, reason) == null) {
      revision++;
    }
  }

  /** Takes a schema change; it may hold several statements. */
  void change(SchemaChange change) {
    revision++;
    parser.parse(change.ddl(), change.database()).stream()
        .filter(policies::concerns)
        .filter(statement -> !statement.ddlKinds().contains(DdlKind.NOT_A_SCHEMA_CHANGE))
        .forEach(statement -> statement(change, statement));
  }

  private void statement(SchemaChange change, DdlStatement statement) {
    Optional<Decision> decision =
        change.snapshot()
            ? Optional.empty()
            : Optional.of(policies.decide(statement, future::definition));
    if (decision.filter(made -> !made.isApplied()).isPresent()) {
      changed(change, statement, notApplied(decision.get()), decision.get().notes());
    } else if (statement instanceof DdlStatement.CreateTable create) {
      tables.put(create.table().id(), table(create.table(), change.snapshot()));
    } else if (statement instanceof DdlStatement.CreateDatabase create) {
      database(create);
    } else if (decision.isPresent()) {
      convert(change, decision.get());
    } else if (statement.ddlKinds().contains(DdlKind.TRIGGER)) {
      changed(change, statement, "held back", List.of());
    }
  }

  private static String notApplied(Decision decision) {
    return switch (decision.policy()) {
      case FAIL -> "STOPS ITS TABLE";
      case LOG, IGNORE, APPLY -> "not carried over";
    };
  }

  private void database(DdlStatement.CreateDatabase create) {
    if (policies.selection().destinationDatabase(create.name()).isPresent()) {
      SchemaConverter.ConvertedDatabase converted =
          SchemaConverter.convertDatabase(create, profile, policies.conversion());
      databases.put(
          create.name(),
          lines(
              "created: " + StatementRenderer.sql(converted.database()),
              "changed: ",
              converted.rewrites().stream().map(Rewrite::toString).toList()));
    }
  }

  private List<String> table(TableDefinition source, boolean snapshot) {
    TableDesign design = TableDesign.of(source, snapshot, policies, profile);
    if (!(design instanceof TableDesign.Accepted accepted)) {
      return List.of("REFUSED: " + ((TableDesign.Refused) design).reason());
    }
    TableId id = accepted.table().id();
    Optional<TableId> owner = otherOwner(source.id(), id);
    if (owner.isPresent()) {
      return List.of("REFUSED: " + id.quoted() + " is the table of " + owner.get().quoted());
    }
    Optional<TableDefinition> found = future.definition(id);
    List<String> result = new ArrayList<>();
    if (found.isPresent() && (future.isOurs(id) || existing != ExistingTablePolicy.RECREATE)) {
      TableFit fit = TableFit.of(accepted.table(), found.get());
      // A snapshot that begins anew says everything once more.
      List<String> before = tables.getOrDefault(source.id(), List.of());
      boolean again = future.isOurs(id) && fit.isCompatible() && !before.isEmpty();
      result.addAll(again ? before : existing(id, fit));
    } else {
      future.create(accepted.table());
      result.add(
          (found.isPresent() ? "exists, is DROPPED unless a connector has used it, and " : "")
              + "created: "
              + accepted.sql());
      accepted.notes().forEach(note -> result.add("changed: " + note));
      later("after the copy: ", accepted.afterCopy(), result);
      later("held back: ", accepted.heldBack(), result);
    }
    return result;
  }

  /** The source table that another one would be mixed up with. */
  private Optional<TableId> otherOwner(TableId source, TableId id) {
    TableId owner = owners.merge(profile.folded(id), source, (first, later) -> first);
    return owner.equals(source) || policies.selection().mayMerge(id)
        ? Optional.empty()
        : Optional.of(owner);
  }

  private List<String> existing(TableId id, TableFit fit) {
    String whose =
        existing == ExistingTablePolicy.FAIL && !future.isOurs(id)
            ? "exists, and is REFUSED unless this connector has used it; "
            : "exists, and ";
    return fit.isCompatible()
        ? lines(whose + id.quoted() + " fits", "difference: ", fit.differences())
        : lines(whose + id.quoted() + " DOES NOT FIT", "", fit.obstacles());
  }

  private static void later(
      String prefix, List<DdlStatement.AlterTable> statements, List<String> result) {
    statements.forEach(statement -> result.add(prefix + StatementRenderer.sql(statement)));
  }

  private void convert(SchemaChange change, Decision decision) {
    DdlStatement statement = decision.statement();
    ChangeResult result =
        new ChangeConverter(profile, policies.conversion(), future::definition).convert(statement);
    if (result instanceof ChangeResult.Refused refused) {
      changed(change, statement, "REFUSED", refused.reasons());
    } else if (result instanceof ChangeResult.Converted converted) {
      List<String> details =
          Stream.of(
                  converted.steps().stream().map(ChangeStep::sql),
                  Stream.concat(
                          decision.notes().stream(),
                          converted.rewrites().stream().map(Rewrite::toString))
                      .map(note -> "changed: " + note),
                  converted.heldBack().stream().map(step -> "held back: " + step.sql()))
              .flatMap(Function.identity())
              .toList();
      changed(change, statement, "carried over", details);
      converted.steps().forEach(step -> future.evolve(step.statement()));
    }
  }

  private void changed(
      SchemaChange change, DdlStatement statement, String what, List<String> details) {
    if (changes.size() >= MAX_LINES) {
      furtherChanges++;
      return;
    }
    String tablesOf = String.join(", ", statement.tables().stream().map(TableId::quoted).toList());
    changes.add(
        String.join(
            "\n    ",
            lines(
                change.position()
                    + " "
                    + DdlOptions.kinds(statement)
                    + (tablesOf.isEmpty() ? "" : " of " + tablesOf)
                    + ": "
                    + what,
                "",
                details)));
  }

  private static List<String> lines(String first, String prefix, List<String> others) {
    return Stream.concat(Stream.of(first), others.stream().map(other -> prefix + other)).toList();
  }

  /** Grows whenever the text may have changed. */
  long revision() {
    return revision;
  }

  /** The whole report; empty if there is nothing to say. */
  String text() {
    List<String> lines = new ArrayList<>();
    section(
        "Databases",
        lines,
        databases.entrySet().stream().map(d -> named(d.getKey(), d.getValue())));
    section(
        "Tables",
        lines,
        tables.entrySet().stream().map(table -> named(table.getKey().quoted(), table.getValue())));
    section(
        "Tables with rows and without a definition so far",
        lines,
        withRows.stream()
            .filter(id -> !tables.containsKey(id))
            .sorted(byName())
            .map(TableId::quoted));
    section("Schema changes", lines, changes.stream());
    if (furtherChanges > 0) {
      lines.add("  and " + furtherChanges + " more");
    }
    section(
        "Topics with records that cannot be read",
        lines,
        unreadable.entrySet().stream().map(topic -> topic.getKey() + ": " + topic.getValue()));
    return String.join("\n", lines);
  }

  private static String named(String name, List<String> lines) {
    return name + ": " + String.join("\n    ", lines);
  }

  private static void section(String title, List<String> lines, Stream<String> entries) {
    List<String> all = entries.map(entry -> "  " + entry).toList();
    if (!all.isEmpty()) {
      lines.add(title);
      lines.addAll(all);
    }
  }
}
