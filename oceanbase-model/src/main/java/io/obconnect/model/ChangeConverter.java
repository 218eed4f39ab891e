package io.obconnect.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Converts statements of a MySQL or OceanBase source for a destination: a pure function. */
public final class ChangeConverter {

  private final DestinationProfile profile;
  private final ConversionOptions options;
  private final Function<TableId, Optional<TableDefinition>> current;

  /**
   * Makes a converter.
   *
   * @param current the destination's current definitions, by their names at the destination
   */
  public ChangeConverter(
      DestinationProfile profile,
      ConversionOptions options,
      Function<TableId, Optional<TableDefinition>> current) {
    this.profile = profile;
    this.options = options;
    this.current = current;
  }

  /** Converts a statement. What is never carried over is refused. */
  public ChangeResult convert(DdlStatement statement) {
    if (statement instanceof DdlStatement.CreateTable create) {
      return table(create);
    }
    if (statement instanceof DdlStatement.CreateTableLike like) {
      return plain(
          new DdlStatement.CreateTableLike(name(like.id()), name(like.like()), like.ifNotExists()));
    }
    if (statement instanceof DdlStatement.AlterTable alter) {
      return alter(alter);
    }
    if (statement instanceof DdlStatement.DropTables drop) {
      // One by one: a crash between two of them leaves whole tables only.
      return steps(
          drop.tables().stream()
              .<DdlStatement>map(id -> new DdlStatement.DropTables(List.of(name(id)), true))
              .toList(),
          List.of());
    }
    if (statement instanceof DdlStatement.RenameTables rename) {
      return plain(
          new DdlStatement.RenameTables(
              rename.renamings().stream()
                  .map(pair -> new DdlStatement.Renaming(name(pair.from()), name(pair.to())))
                  .toList()));
    }
    if (statement instanceof DdlStatement.TruncateTable truncate) {
      return plain(new DdlStatement.TruncateTable(name(truncate.id())));
    }
    return databaseOrView(statement);
  }

  private ChangeResult databaseOrView(DdlStatement statement) {
    if (statement instanceof DdlStatement.CreateDatabase create) {
      SchemaConverter.ConvertedDatabase converted =
          SchemaConverter.convertDatabase(create, profile, options);
      return steps(List.of(converted.database()), converted.rewrites());
    }
    if (statement instanceof DdlStatement.AlterDatabase alter) {
      return database(alter);
    }
    if (statement instanceof DdlStatement.DropDatabase drop) {
      return plain(new DdlStatement.DropDatabase(options.database(drop.name()), true));
    }
    if (statement instanceof DdlStatement.CreateView create) {
      return view(create);
    }
    if (statement instanceof DdlStatement.DropViews drop) {
      return plain(
          new DdlStatement.DropViews(drop.views().stream().map(this::name).toList(), true));
    }
    if (statement instanceof DdlStatement.Unparseable unparseable) {
      return refused("the statement is not understood: " + unparseable.reason());
    }
    return refused(
        statement.ddlKinds().get(0).optionName()
            + " is not carried over: "
            + statement.ddlKinds().get(0).reason());
  }

  private ChangeResult table(DdlStatement.CreateTable create) {
    ConversionResult result = SchemaConverter.convert(create.table(), profile, options);
    if (result instanceof ConversionResult.Converted converted) {
      DdlStatement statement =
          new DdlStatement.CreateTable(converted.table(), create.ifNotExists());
      return new ChangeResult.Converted(
          List.of(new ChangeStep(statement)),
          converted.rewrites(),
          converted.heldBack().stream().map(ChangeStep::new).toList());
    }
    return new ChangeResult.Refused(((ConversionResult.Refused) result).reasons());
  }

  private ChangeResult alter(DdlStatement.AlterTable alter) {
    TableId id = name(alter.id());
    Optional<TableDefinition> table = current.apply(id);
    if (table.isEmpty()) {
      return refused("the destination has no table " + id.quoted());
    }
    return new AlterConversion(table.get(), alter, profile, options).convert();
  }

  private ChangeResult database(DdlStatement.AlterDatabase alter) {
    SchemaConverter.ConvertedDatabase converted =
        SchemaConverter.convertDatabase(
            new DdlStatement.CreateDatabase(
                alter.name(), alter.charset(), alter.collation(), alter.options(), true),
            profile,
            options);
    DdlStatement.CreateDatabase to = converted.database();
    boolean text = alter.charset().isPresent() || alter.collation().isPresent();
    DdlStatement statement =
        new DdlStatement.AlterDatabase(to.name(), to.charset(), to.collation(), to.options());
    return steps(text ? List.of(statement) : List.of(), converted.rewrites());
  }

  private ChangeResult view(DdlStatement.CreateView create) {
    ViewDefinition view = create.view();
    List<Rewrite> rewrites = new ArrayList<>();
    if (view.invokerRights() && profile.isOceanBase()) {
      rewrites.add(
          new Rewrite(
              "view " + view.id().quoted(),
              "SQL SECURITY INVOKER",
              "",
              "OceanBase's views run with their maker's rights: check who may read it",
              Rewrite.Kind.NOT_CARRIED_OVER));
    }
    ViewDefinition converted =
        new ViewDefinition(
            name(view.id()),
            view.columns(),
            QueryTables.renamed(view.query(), view.database(), options.names()),
            "",
            view.check(),
            view.invokerRights() && !profile.isOceanBase());
    return steps(List.of(new DdlStatement.CreateView(converted, true)), rewrites);
  }

  private TableId name(TableId source) {
    return options.names().apply(source);
  }

  private static ChangeResult plain(DdlStatement statement) {
    return steps(List.of(statement), List.of());
  }

  private static ChangeResult steps(List<DdlStatement> statements, List<Rewrite> rewrites) {
    return new ChangeResult.Converted(
        statements.stream().map(ChangeStep::new).toList(), rewrites, List.of());
  }

  private static ChangeResult refused(String reason) {
    return new ChangeResult.Refused(List.of(reason));
  }
}
