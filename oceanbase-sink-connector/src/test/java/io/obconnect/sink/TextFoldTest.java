package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever some collation of MySQL or OceanBase calls equal has to fold to one text. */
class TextFoldTest {
  private static void assertSame(String one, String other) {
    assertEquals(TextFold.fold(one), TextFold.fold(other), one + " / " + other);
  }

  @Test
  void caseAccentsWidthsAndTrailingBlanksAreDropped() {
    assertSame("Aa", "aA");
    assertSame("Élan", "elan");
    assertSame("Ａ１", "a1");
    assertSame("a  ", "a");
    assertSame("İi", "ii");
    assertSame("ﬁn", "FIN");
    assertSame("é", "e\u0301");
  }

  @Test
  void letterSharpSIsOneSToSomeCollationsAndTwoToOthers() {
    List.of("ß", "ss", "s", "SS", "ẞ", "sß").forEach(text -> assertSame("s", text));
    assertSame("weiße", "weisse");
    assertSame("weiße", "weise");
  }

  @Test
  void ligaturesAreWrittenOut() {
    assertSame("Ærø", "aero");
    assertSame("œuvre", "OEUVRE");
    assertSame("Łódź", "lodz");
    assertSame("Þór", "thor");
  }

  @Test
  void scriptsWhoseEqualitiesDifferAreLeftOut() {
    assertSame("я", "Я");
    assertSame("й", "и");
    assertSame("ぁ", "ア");
    assertSame("😀", "😁");
  }

  @Test
  void whatEveryCollationTellsApartStaysApart() {
    assertNotEquals(TextFold.fold("a"), TextFold.fold("b"));
    assertNotEquals(TextFold.fold("a-b"), TextFold.fold("ab"));
    assertNotEquals(TextFold.fold(" a"), TextFold.fold("a"));
    assertNotEquals(TextFold.fold("汉"), TextFold.fold("漢"));
    assertNotEquals(TextFold.fold("tt"), TextFold.fold("t"));
  }
}
