package io.obconnect.model;

import java.util.List;
import java.util.Optional;

/** Converts the actions of ALTER TABLE that concern partitions. */
final class PartitionChangeConversion {

  private final DestinationProfile profile;
  private final ConversionOptions options;
  private final ConstraintConversion constraints;
  private final ConversionLog log;

  PartitionChangeConversion(
      DestinationProfile profile, ConversionOptions options, ConversionLog log) {
    this.profile = profile;
    this.options = options;
    this.constraints = new ConstraintConversion(profile, options, log);
    this.log = log;
  }

  /**
   * Converts an action.
   *
   * @param table the destination's table before the action
   */
  List<AlterAction> convert(AlterAction.PartitionAction action, TableDefinition table) {
    if (action instanceof AlterAction.PartitionBy by) {
      return constraints
          .partitioning(by.partitioning())
          .<List<AlterAction>>map(sql -> List.of(new AlterAction.PartitionBy(sql)))
          .orElse(List.of());
    }
    Optional<Partitioning> partitioning = table.partitioning().map(Partitioning::of);
    if (action instanceof AlterAction.AddPartitions
        || action instanceof AlterAction.ReorganizePartitions) {
      return partitioning.isEmpty()
          ? leftAlone("the destination's table has no partitions")
          : layout(action);
    }
    return rows(action, partitioning);
  }

  /** No row changes: a destination that cannot follow keeps its own layout. */
  private List<AlterAction> layout(AlterAction.PartitionAction action) {
    if (action instanceof AlterAction.AddPartitions add && !add.isNumber()) {
      return List.of(new AlterAction.AddPartitions(constraints.partitions(add.definitions())));
    }
    return profile.isOceanBase()
        ? leftAlone(
            "OceanBase rearranges partitions by PARTITION BY only (error 1064); rows are not"
                + " affected, but later changes of the new partitions are refused")
        : List.of(action);
  }

  private List<AlterAction> leftAlone(String reason) {
    log.notCarriedOver("partitions", "their new layout", "", reason);
    return List.of();
  }

  /** Rows come and go without change records, so that the destination must do the same. */
  private List<AlterAction> rows(
      AlterAction.PartitionAction action, Optional<Partitioning> partitioning) {
    List<String> present = partitioning.map(Partitioning::names).orElse(List.of());
    List<String> named = named(action);
    for (String name : named) {
      if (present.stream().noneMatch(name::equalsIgnoreCase)) {
        log.refuse(
            "the destination has no partition "
                + SqlText.identifier(name)
                + ", and the change of its rows leaves no change records; load the table anew");
      }
    }
    if (action instanceof AlterAction.TruncatePartitions truncate && truncate.names().isEmpty()) {
      // OceanBase has no TRUNCATE PARTITION ALL (error 1064).
      if (present.isEmpty()) {
        log.refuse("the destination's table has no partitions to truncate");
      }
      return List.of(new AlterAction.TruncatePartitions(present));
    }
    if (action instanceof AlterAction.ExchangePartition exchange) {
      if (profile.isOceanBase() && partitioning.filter(Partitioning::isRange).isEmpty()) {
        log.refuse("OceanBase exchanges partitions of ranges only (error 1235)");
      }
      return List.of(
          new AlterAction.ExchangePartition(
              exchange.partition(), options.names().apply(exchange.table())));
    }
    return List.of(action);
  }

  private static List<String> named(AlterAction.PartitionAction action) {
    if (action instanceof AlterAction.DropPartitions drop) {
      return drop.names();
    }
    if (action instanceof AlterAction.TruncatePartitions truncate) {
      return truncate.names();
    }
    return action instanceof AlterAction.ExchangePartition exchange
        ? List.of(exchange.partition())
        : List.of();
  }
}
