package io.obconnect.source;

import io.obconnect.model.TableId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What checks decide about: everything that was asked, once.
 *
 * @param server empty if it could not be asked
 * @param tables the captured ones; empty if they could not be asked for
 * @param copyPlanned tables that a copy in blocks knows already
 * @param topics empty if no cluster is known, or it could not be asked
 * @param unread why something could not be asked, by the check that tells it
 */
record PreflightFacts(
    CapturedDatabase database,
    CaptureSettings settings,
    Optional<ServerFacts> server,
    Optional<List<TableFacts>> tables,
    Set<TableId> copyPlanned,
    Optional<List<TopicFacts>> topics,
    Map<PreflightCheck, Exception> unread) {
  PreflightFacts {
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(server, "server");
    tables = tables.map(List::copyOf);
    copyPlanned = Set.copyOf(copyPlanned);
    topics = topics.map(List::copyOf);
    unread = Map.copyOf(unread);
  }

  /** Why something could not be asked; of a database's errors the number only. */
  Optional<String> unread(PreflightCheck check) {
    return Optional.ofNullable(unread.get(check)).map(CaptureFailure::reason);
  }

  /** The chosen tables' names, the first few of many; empty if there is none. */
  Optional<String> tables(Predicate<TableFacts> chosen) {
    return FoundNames.list(
        tables.orElse(List.of()).stream()
            .filter(chosen)
            .map(table -> table.id().toString())
            .toList());
  }

  /** The chosen columns' names. */
  Optional<String> columns(Predicate<TableFacts.ColumnFacts> chosen) {
    return FoundNames.list(
        tables.orElse(List.of()).stream()
            .flatMap(
                table ->
                    table.columns().stream()
                        .filter(chosen)
                        .map(column -> table.id() + "." + column.name()))
            .toList());
  }

  /** The chosen topics' names. */
  Optional<String> topics(Predicate<TopicFacts> chosen) {
    return FoundNames.list(
        topics.orElse(List.of()).stream().filter(chosen).map(TopicFacts::name).toList());
  }
}
