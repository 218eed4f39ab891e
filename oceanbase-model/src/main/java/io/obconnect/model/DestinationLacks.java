package io.obconnect.model;

import io.obconnect.model.CollationMapper.TextAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a destination lacks of what tables of MySQL may have, and what the conversion does about it.
 * Known before any table is.
 */
public final class DestinationLacks {

  /**
   * MySQL 8.0 and later: the character sets with the collations that they have if none is named.
   */
  private static final Map<String, String> DEFAULT_COLLATIONS = new TreeMap<>();

  static {
    for (String collation :
        List.of(
            "armscii8_general_ci",
            "ascii_general_ci",
            "big5_chinese_ci",
            "binary",
            "cp1250_general_ci",
            "cp1251_general_ci",
            "cp1256_general_ci",
            "cp1257_general_ci",
            "cp850_general_ci",
            "cp852_general_ci",
            "cp866_general_ci",
            "cp932_japanese_ci",
            "dec8_swedish_ci",
            "eucjpms_japanese_ci",
            "euckr_korean_ci",
            "gb18030_chinese_ci",
            "gb2312_chinese_ci",
            "gbk_chinese_ci",
            "geostd8_general_ci",
            "greek_general_ci",
            "hebrew_general_ci",
            "hp8_english_ci",
            "keybcs2_general_ci",
            "koi8r_general_ci",
            "koi8u_general_ci",
            "latin1_swedish_ci",
            "latin2_general_ci",
            "latin5_turkish_ci",
            "latin7_general_ci",
            "macce_general_ci",
            "macroman_general_ci",
            "sjis_japanese_ci",
            "swe7_swedish_ci",
            "tis620_thai_ci",
            "ucs2_general_ci",
            "ujis_japanese_ci",
            "utf16_general_ci",
            "utf16le_general_ci",
            "utf32_general_ci",
            "utf8mb3_general_ci",
            "utf8mb4_0900_ai_ci")) {
      DEFAULT_COLLATIONS.put(CharsetNames.charsetOf(collation), collation);
    }
  }

  /** Each stands where the conversion heeds it, with the server's error number. */
  private static final List<String> OF_OCEANBASE =
      List.of(
          "descending parts of indexes (they ascend)",
          "prefixes in primary keys (the whole column; refused for TEXT and BLOB)",
          "defaults of TEXT, BLOB, JSON, spatial and vector columns (rows bring their values)",
          "columns computed from AUTO_INCREMENT or computed columns (rows bring their values)",
          "vectors of more than "
              + ColumnConversion.OCEANBASE_MAX_VECTOR_DIMENSIONS
              + " dimensions (refused)",
          "changes of computed columns that have an index or become plain (refused)",
          "LINEAR, ALGORITHM and attributes of partitions (left out)",
          "REORGANIZE PARTITION, partitions added by number (the table keeps its own)",
          "EXCHANGE PARTITION other than of ranges (refused)",
          "SQL SECURITY INVOKER of views (they run with their maker's rights)");

  private DestinationLacks() {}

  /**
   * Returns what a destination lacks, a clause each, the user's mappings considered.
   *
   * @param options see {@link ConversionOptions#charsets()}
   */
  public static List<String> of(DestinationProfile profile, ConversionOptions options) {
    List<String> lacks = new ArrayList<>();
    if (profile.lowerCaseTableNames()) {
      lacks.add("table names told apart by case");
    }
    if (!profile.spatialReferenceSystems()) {
      lacks.add("spatial reference systems (columns with SRID are refused)");
    }
    lacks.addAll(texts(profile, options));
    if (profile.isOceanBase()) {
      lacks.addAll(OF_OCEANBASE);
    }
    return List.copyOf(lacks);
  }

  private static List<String> texts(DestinationProfile profile, ConversionOptions options) {
    CollationMapper mapper = new CollationMapper(profile, options);
    Map<String, List<String>> charsets = new TreeMap<>();
    List<String> collations = new ArrayList<>();
    DEFAULT_COLLATIONS.forEach(
        (charset, collation) -> {
          TextAttributes source = new TextAttributes(Optional.of(charset), Optional.of(collation));
          if (!profile.charsets().containsKey(charset)) {
            String target = mapper.map(source, "", new ConversionLog()).charset().orElse("");
            charsets.computeIfAbsent(target, each -> new ArrayList<>()).add(charset);
          } else if (!profile.collations().containsKey(collation)) {
            collations.add(collation(mapper, source));
          }
        });
    List<String> lacks = new ArrayList<>();
    charsets.forEach(
        (target, missing) ->
            lacks.add("character sets " + String.join(", ", missing) + " (" + target + ")"));
    lacks.addAll(collations);
    return lacks;
  }

  private static String collation(CollationMapper mapper, TextAttributes source) {
    return "collation "
        + source.collation().orElseThrow()
        + " ("
        + name(mapper.map(source, "", new ConversionLog()))
        + ", in keys "
        + name(mapper.mapKey(source, false, "", "", new ConversionLog()))
        + ")";
  }

  private static String name(TextAttributes mapped) {
    return mapped.collation().orElse("refused");
  }
}
