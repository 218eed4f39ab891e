package io.obconnect.model;

import java.util.HashMap;
import java.util.Map;

/** Destinations as their servers describe themselves. */
final class Profiles {

  /** The OceanBase engine with the fewest character sets. */
  static final DestinationProfile OCEANBASE =
      new DestinationProfile(
          DestinationProfile.Engine.OCEANBASE,
          "OceanBase 4.3.5.3",
          Map.of("utf8mb4", 4, "binary", 1),
          collations("utf8mb4_general_ci*", "utf8mb4_bin", "binary*"),
          true,
          16L << 20,
          false);

  static final DestinationProfile MYSQL =
      new DestinationProfile(
          DestinationProfile.Engine.MYSQL,
          "9.7.4",
          Map.of("utf8mb4", 4, "binary", 1, "latin1", 1, "gbk", 2, "utf8mb3", 3),
          collations(
              "utf8mb4_0900_ai_ci*",
              "utf8mb4_0900_as_cs",
              "utf8mb4_0900_bin",
              "utf8mb4_general_ci",
              "utf8mb4_unicode_ci",
              "utf8mb4_bin",
              "latin1_swedish_ci*",
              "latin1_bin",
              "gbk_chinese_ci*",
              "gbk_bin",
              "utf8mb3_general_ci*",
              "utf8mb3_bin",
              "binary*"),
          false,
          64L << 20,
          true);

  private Profiles() {}

  private static Map<String, DestinationProfile.Collation> collations(String... names) {
    Map<String, DestinationProfile.Collation> collations = new HashMap<>();
    for (String marked : names) {
      String name = marked.replace("*", "");
      collations.put(
          name,
          new DestinationProfile.Collation(
              name, CharsetNames.charsetOf(name), marked.endsWith("*")));
    }
    return collations;
  }
}
