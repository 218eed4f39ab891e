package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.DestinationProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PlanLogTest {
  private static OceanBaseSinkConfig config(Map<String, String> options) {
    Map<String, String> all = new HashMap<>(options);
    all.put("name", "shop-sink");
    all.put("connection.addresses", "ob1:2881");
    all.put("connection.username", "u@t");
    all.put("connection.password", "secret-password");
    all.put("lanes.per.task", "4");
    return new OceanBaseSinkConfig(all);
  }

  private static DestinationFacts facts(
      DestinationProfile.Engine engine, String version, boolean lacking, OptionalDouble memstore) {
    return new DestinationFacts(
        new DestinationProfile(engine, version, Map.of(), Map.of(), lacking, 1 << 20, !lacking),
        memstore);
  }

  @Test
  void clusterWithLimits() {
    assertEquals(
        """
        How shop-sink-2 works:
          destination   OCEANBASE OceanBase 4.3.5
          lanes         4, a connection each
          exactly once  yes, offsets in `obconnect`
          transaction   at most 5000 changes, 8388608 bytes
          buffer        at most 20000 changes, 67108864 bytes
          throttle      200 changes a second, no limit of bytes
          memory guard  pauses above 90 % of the memstore's limit
          dead letters  to dead-letters.shop, with table, key columns, error code and reason as headers
        """,
        withoutLacks(
            config(
                Map.of(
                    "throttle.rows.per.second",
                    "200",
                    "task.number",
                    "2",
                    "errors.deadletterqueue.topic.name",
                    "dead-letters.shop",
                    "producer.override.interceptor.classes",
                    "x.Other, io.obconnect.sink.DeadLetterHeaders")),
            facts(
                DestinationProfile.Engine.OCEANBASE,
                "OceanBase 4.3.5",
                false,
                OptionalDouble.of(0.5))));
  }

  @Test
  void destinationThatLacksMuch() {
    assertEquals(
        """
        How shop-sink-0 works:
          destination   MYSQL 9.7.0
          lanes         4, a connection each
          exactly once  no, changes may be applied again after a crash
          transaction   at most 5000 changes, 8388608 bytes
          buffer        at most 20000 changes, 67108864 bytes
          throttle      no limit of changes, no limit of bytes
          memory guard  none, the destination does not show its memory
          dead letters  none, errors.deadletterqueue.topic.name is not set
        """,
        withoutLacks(
            config(Map.of("exactly.once", "false")),
            facts(DestinationProfile.Engine.MYSQL, "9.7.0", true, OptionalDouble.empty())));
  }

  private static String withoutLacks(OceanBaseSinkConfig config, DestinationFacts facts) {
    String text = PlanLog.text(config, facts);
    return text.substring(0, text.indexOf("  lacking "));
  }

  @Test
  void whatTheDestinationLacksStandsLineByLine() {
    String text =
        PlanLog.text(
            config(Map.of("schema.charset.map", "latin1:utf8mb4")),
            facts(DestinationProfile.Engine.OCEANBASE, "4.3.5", true, OptionalDouble.empty()));
    assertTrue(
        text.contains(
            "\n  lacking       table names told apart by case"
                + "\n                spatial reference systems (columns with SRID are refused)"
                + "\n                character sets "),
        text);
    assertTrue(
        text.contains("\n                descending parts of indexes (they ascend)\n"), text);
    assertTrue(text.endsWith("\n                memory views"), text);
  }

  @Test
  void deadLettersWithoutHeaders() {
    String text =
        PlanLog.text(
            config(Map.of("errors.deadletterqueue.topic.name", "dead-letters.shop")),
            facts(DestinationProfile.Engine.MYSQL, "9.7.0", true, OptionalDouble.empty()));
    assertTrue(
        text.contains(
            "  dead letters  to dead-letters.shop; to get table, key columns, error code and reason"
                + " as headers set"
                + " producer.override.interceptor.classes=io.obconnect.sink.DeadLetterHeaders\n"),
        text);
  }

  @Test
  void tables() {
    TablePlan keyed = Changes.plan(Changes.column("id", "bigint"));
    assertEquals(
        "Table `shop`.`orders`: rows are found by `id`, keys are written in parallel",
        PlanLog.text(keyed));
    UniqueKey mail = new UniqueKey("uk_mail", List.of(new UniqueKey.Part("mail", 0)));
    assertEquals(
        "Table `shop`.`orders`: rows are found by `id`, changes that share a value of unique key"
            + " `uk_mail` wait for each other",
        PlanLog.text(
            new TablePlan(keyed.table(), keyed.columns(), keyed.rowKey(), List.of(mail), false)));
    assertEquals(
        "Table `shop`.`orders`: rows are found by `id`, one change after the other because a unique"
            + " key is an expression",
        PlanLog.text(
            new TablePlan(keyed.table(), keyed.columns(), keyed.rowKey(), List.of(mail), true)));
    assertEquals(
        "Table `shop`.`orders`: no key, each row is found by all its columns, one change after the"
            + " other",
        PlanLog.text(new TablePlan(keyed.table(), keyed.columns(), List.of(), List.of(), false)));
  }
}
