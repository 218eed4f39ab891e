package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import io.obconnect.stack.SqlEngine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Law: texts that an engine calls equal have one fold. All characters are compared by the
 * collations that differ in more than one language's alphabet, Latin ones and words by the others.
 */
@ExtendWith(LocalStackExtension.class)
class TextFoldIT {
  private static final int TEXTS_A_STATEMENT = 5_000;
  private static final int SHOWN = 10;
  private static final int WORDS_OF_PIECES = 600;

  private static final Set<String> ASKED_FOR_ALL =
      Set.of(
          "utf8mb4_general_ci",
          "utf8mb4_bin",
          "utf8mb4_unicode_ci",
          "utf8mb4_unicode_520_ci",
          "utf8mb4_0900_ai_ci",
          "gb18030_chinese_ci",
          "gbk_chinese_ci");

  /** Pieces of words that are equal in some language, or by being nothing. */
  private static final List<List<String>> PIECES =
      List.of(
          List.of("s", "S", "ß", "ss", "ẞ", "ſ"),
          List.of("a", "ä", "ae", "æ", "å", "aa", "A\u030a", "ª"),
          List.of("o", "ö", "oe", "œ", "ø", "O\u0308", "őo"),
          List.of("u", "ü", "ue", "y", "i", "ı", "İ", "j", "ĳ", "v", "w"),
          List.of("c", "ch", "č", "Ch", "cs", "ccs", "cscs"),
          List.of("dz", "ǆ", "dž", "ddzs", "dzsdzs", "ʣ"),
          List.of("lj", "ǉ", "l\u00b7", "ŀ", "ll", "lly", "lyly"),
          List.of("th", "þ", "ð", "đ", "t", "d"),
          List.of("m", "\u036b"),
          List.of("r", "\u1dca"),
          List.of("fi", "ﬁ", "FI"),
          List.of("", "\u200b", "\u0000", "\u00ad", "\u0301", "\u0327\u0301", "\u0301\u0327"),
          List.of("か", "が", "か\u3099", "カ", "ｶﾞ", "ｶ", "ガー", "ガア"),
          List.of("เก", "กเ"),
          List.of("Я", "я", "й", "и", "и\u0306"),
          List.of("1", "١", "①", "１", "¹"),
          List.of(" ", "\u00a0", "\u3000", "\t"));

  /** Words that are one character each, letters in a square. */
  private static final String SQUARED =
      "cool free lossless hi-res hires 2ndscr 60p 120p 22.2 5.1 7.1 up! a/s";

  /** The same in each build; {@code -Dobconnect.seed} looks elsewhere. */
  private final long seed = Long.getLong("obconnect.seed", 20261123L);

  @Test
  void onOceanBase(OceanBaseServer oceanBase) throws SQLException {
    assertEqualTextsFoldAlike(oceanBase);
  }

  @Test
  void onMySql(MySqlServer mysql) throws SQLException {
    assertEqualTextsFoldAlike(mysql);
  }

  private void assertEqualTextsFoldAlike(SqlEngine server) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute("DROP DATABASE IF EXISTS text_fold");
      statement.execute("CREATE DATABASE text_fold");
      create(statement, "latin", latinTexts());
      create(statement, "anything", anyTexts());
      Map<String, List<String>> violations = new TreeMap<>();
      for (Map.Entry<String, String> collation : collations(statement).entrySet()) {
        List<String> found = violations(statement, collation.getKey(), collation.getValue());
        if (!found.isEmpty()) {
          violations.put(collation.getKey(), found);
        }
      }
      statement.execute("DROP DATABASE text_fold");
      assertEquals(Map.of(), violations, "equal texts, but not so their folds; seed " + seed);
    }
  }

  /**
   * With their character sets. Left out is what differs from others in the encoding only, or tells
   * apart more than another.
   */
  private static Map<String, String> collations(Statement statement) throws SQLException {
    Map<String, String> charsets = new TreeMap<>();
    try (ResultSet rows =
        statement.executeQuery(
            """
            SELECT collation_name, character_set_name FROM information_schema.collations
            WHERE collation_name <> 'binary'
            AND (character_set_name NOT IN ('utf8mb3', 'ucs2', 'utf16', 'utf16le', 'utf32')
              OR collation_name LIKE '%general%ci')
            AND collation_name NOT LIKE '%!_as!_cs' ESCAPE '!'
            """)) {
      while (rows.next()) {
        charsets.put(rows.getString(1), rows.getString(2));
      }
    }
    return charsets;
  }

  private Collection<String> latinTexts() {
    return texts(
        IntStream.of(0x0000, 0x1d00, 0x2c60, 0xa720, 0xfb00)
            .flatMap(block -> IntStream.range(block, block + (block == 0 ? 0x0700 : 0x0300))));
  }

  private Collection<String> anyTexts() {
    return texts(IntStream.concat(IntStream.range(0, 0x20000), IntStream.range(0x2f800, 0x2fa20)));
  }

  private Collection<String> texts(IntStream codePoints) {
    Set<String> texts = new LinkedHashSet<>();
    codePoints
        .filter(TextFoldIT::isAssigned)
        .mapToObj(Character::toString)
        .forEach(
            character -> {
              texts.add(character);
              texts.add(Normalizer.normalize(character, Normalizer.Form.NFKD));
            });
    for (char one = 'a'; one <= 'z'; one++) {
      for (char two = 'a'; two <= 'z'; two++) {
        String pair = "" + one + two;
        // In Hungarian zzs is zszs, and so on.
        texts.addAll(List.of(pair, one + pair, pair + pair));
      }
    }
    texts.addAll(List.of(SQUARED.split(" ")));
    Random random = new Random(seed);
    IntStream.range(0, WORDS_OF_PIECES).forEach(i -> addSpellings(texts, random));
    return texts;
  }

  private static boolean isAssigned(int codePoint) {
    int type = Character.getType(codePoint);
    return type != Character.UNASSIGNED
        && type != Character.SURROGATE
        && type != Character.PRIVATE_USE;
  }

  /** One word, spelled in several ways. */
  private static void addSpellings(Set<String> texts, Random random) {
    List<List<String>> word =
        IntStream.range(0, 1 + random.nextInt(3))
            .mapToObj(i -> PIECES.get(random.nextInt(PIECES.size())))
            .toList();
    for (int i = 0; i < 4; i++) {
      texts.add(
          word.stream()
              .map(pieces -> pieces.get(random.nextInt(pieces.size())))
              .collect(Collectors.joining()));
    }
  }

  private static void create(Statement statement, String table, Collection<String> texts)
      throws SQLException {
    statement.execute(
        "CREATE TABLE text_fold."
            + table
            + " (id INT PRIMARY KEY, s VARCHAR(30) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin)");
    List<String> rest = new ArrayList<>(texts);
    for (int from = 0; from < rest.size(); from += TEXTS_A_STATEMENT) {
      StringBuilder sql = new StringBuilder("INSERT INTO text_fold." + table + " VALUES ");
      for (int i = from; i < Math.min(from + TEXTS_A_STATEMENT, rest.size()); i++) {
        Literals.appendText(sql.append(i == from ? "(" : ",(").append(i).append(','), rest.get(i));
        sql.append(')');
      }
      statement.execute(sql.toString());
    }
  }

  private static List<String> violations(Statement statement, String collation, String charset)
      throws SQLException {
    TextFold fold = TextFold.of(collation);
    Map<Integer, Map<String, String>> textsOfFolds = new HashMap<>();
    int texts = 0;
    String text = "CONVERT(s USING " + charset + ")";
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT s, DENSE_RANK() OVER (ORDER BY %s COLLATE %s) FROM text_fold.%s%s"
                .formatted(
                    text,
                    collation,
                    ASKED_FOR_ALL.contains(collation) ? "anything" : "latin",
                    charset.equals("utf8mb4")
                        ? ""
                        : " WHERE CONVERT(" + text + " USING utf8mb4) = s"))) {
      while (rows.next()) {
        texts++;
        String s = rows.getString(1);
        textsOfFolds
            .computeIfAbsent(rows.getInt(2), rank -> new TreeMap<>())
            .putIfAbsent(fold.fold(s), s);
      }
    }
    assertTrue(texts > 1_000, "texts compared by " + collation);
    return textsOfFolds.values().stream()
        .filter(folds -> folds.size() > 1)
        .limit(SHOWN)
        .map(folds -> folds.values().stream().map(TextFoldIT::codePoints).toList().toString())
        .toList();
  }

  private static String codePoints(String text) {
    return text.codePoints().mapToObj(Integer::toHexString).collect(Collectors.joining(" "));
  }
}
