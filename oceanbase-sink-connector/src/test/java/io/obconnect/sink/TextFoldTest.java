package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a collation of MySQL or OceanBase calls equal has to fold to one text. */
class TextFoldTest {
  private static void assertSame(TextFold fold, String... texts) {
    for (String text : texts) {
      assertEquals(fold.fold(texts[0]), fold.fold(text), texts[0] + " / " + text);
    }
  }

  private static void assertSame(String... texts) {
    assertSame(TextFold.ALL_PLANES, texts);
    assertSame(TextFold.FIRST_PLANE, texts);
  }

  private static void assertDifferent(TextFold fold, String one, String other) {
    assertNotEquals(fold.fold(one), fold.fold(other));
  }

  @ParameterizedTest
  @CsvSource({
    "'', NONE",
    "binary, NONE",
    "utf8mb4_bin, BLANKS",
    "utf8mb4_0900_bin, BLANKS",
    "latin2_bin, BLANKS",
    "utf8mb4_general_ci, FIRST_PLANE",
    "utf8mb4_unicode_ci, FIRST_PLANE",
    "utf8mb4_danish_ci, FIRST_PLANE",
    "gbk_chinese_ci, FIRST_PLANE",
    "latin1_swedish_ci, FIRST_PLANE",
    "utf8mb4_unicode_520_ci, ALL_PLANES",
    "utf8mb4_0900_ai_ci, ALL_PLANES",
    "utf8mb4_zh_0900_as_cs, ALL_PLANES",
    "latin2_hungarian_ci, DIGITS",
    "big5_chinese_ci, DIGITS",
    "gb18030_unicode_520_ci, ALL_PLANES",
    "gb18030_chinese_ci, NOTHING"
  })
  void collationTellsTheFold(String collation, TextFold fold) {
    assertEquals(fold, TextFold.of(collation));
  }

  @Test
  void caseAccentsWidthsAndTrailingBlanksAreDropped() {
    assertSame("Tb", "tB");
    assertSame("Élan", "elan");
    assertSame("Ａ１", "a1");
    assertSame("b  ", "b");
    assertSame("ﬁn", "FIN");
    assertSame("ç", "c\u0327");
  }

  @Test
  void lettersThatAreOneOrTwoAreDropped() {
    assertSame("ß", "ss", "s", "SS", "ẞ", "sß");
    assertSame("Ærø", "ꜳro", "AERO");
    assertSame("Þór", "thor", "ţor");
    assertSame("zzs", "zszs");
    assertSame("ch", "c");
  }

  @Test
  void charactersThatUnicodeDoesNotDecomposeAreSpelledOut() {
    assertSame("Łódź", "lodz");
    assertSame("ʤ", "dʒ");
    assertSame("⼀⺅", "一亻");
    assertSame("٣", "3");
    assertSame("\u1dd7\u1dca", "cr");
    assertSame(TextFold.ALL_PLANES, "🆉🆒", "z cool");
  }

  @Test
  void charactersOutsideTheFirstPlaneAreAlikeToOldCollations() {
    assertSame(TextFold.FIRST_PLANE, "𝐁", "😀", "\ufffd");
    assertSame(TextFold.ALL_PLANES, "𝐁", "b");
  }

  @Test
  void scriptsWhoseEqualitiesDifferAreLeftOut() {
    assertSame("я", "Я");
    assertSame("й", "и");
    assertSame("ぁ", "ア");
  }

  @Test
  void binaryCollationsIgnoreTrailingBlanksOnly() {
    assertSame(TextFold.BLANKS, "a b", "a b  ");
    assertDifferent(TextFold.BLANKS, "a", "A");
    assertDifferent(TextFold.BLANKS, " a", "a");
    assertDifferent(TextFold.BLANKS, "a\t", "a");
  }

  @Test
  void whatEveryCollationTellsApartStaysApart() {
    for (TextFold fold : List.of(TextFold.FIRST_PLANE, TextFold.ALL_PLANES)) {
      assertDifferent(fold, "b", "c");
      assertDifferent(fold, "t1", "t2");
      assertDifferent(fold, "tt", "t");
      assertDifferent(fold, "汉", "漢");
    }
    assertDifferent(TextFold.DIGITS, "1", "2");
  }

  /** Law: what is equal piece by piece is equal. */
  @Property
  void foldsAreMadeOfTheirPiecesFolds(
      @ForAll("texts") String one, @ForAll("texts") String other, @ForAll TextFold fold) {
    // Trailing blanks are no piece.
    String stop = fold == TextFold.BLANKS ? "." : "";
    assertEquals(
        fold.fold(one + stop) + fold.fold(other + stop), fold.fold(one + stop + other + stop));
  }

  @Provide
  static Arbitrary<String> texts() {
    return Arbitraries.strings().all().excludeChars(surrogates()).ofMaxLength(6);
  }

  private static char[] surrogates() {
    char[] surrogates = new char[Character.MAX_SURROGATE - Character.MIN_SURROGATE + 1];
    for (int i = 0; i < surrogates.length; i++) {
      surrogates[i] = (char) (Character.MIN_SURROGATE + i);
    }
    return surrogates;
  }
}
