package io.obconnect.sink;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;

/**
 * What collations see in a character: its parts, without accents, widths and circles.
 *
 * <p>Parts are those of Unicode's compatibility decomposition. Where that has none, they are the
 * digits, Latin letters and Han characters whose weights the character has. Source: the weights in
 * the Default Unicode Collation Element Table, versions 4.0, 5.2 and 9.0, as MySQL has them; {@code
 * TextFoldIT} compares.
 */
final class SpelledOut {
  private static final Map<Integer, String> SPELLINGS = new HashMap<>();

  static {
    spell("D", "ĐđÐðꝹꝺʣʤʥ");
    spell("DB", "ȸ");
    spell("F", "Ꝼꝼʩ");
    spell("G", "ᵹꝽꞠꞡ");
    spell("K", "Ꞣꞣ");
    spell("L", "Łłʪʫ");
    spell("LL", "Ỻỻ");
    spell("N", "Ꞥꞥ");
    spell("QP", "ȹ");
    spell("R", "\u1dcaꞂꞃꞦꞧ");
    spell("T", "ŦŧÞþᵺꞆꞇʧʨƾʦꜨꜩ");
    spell("W", "ƍ");
    // Fractions of Bengali and Tibetan.
    spellFrom(0x09f4, "1", "2", "3", "4");
    spellFrom(0x0f2a, "1", "2", "3", "4", "5", "6", "7", "8", "9", "0");
    // Combining letters.
    spellFrom(0x0363, letters("AEIOUCDHMRTVX"));
    spellFrom(0x1dd7, letters("CDDG-KL--N---SSZ-B--F--P-UW"));
    // Letters and words in circles and squares.
    spellFrom(0x1f150, letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ"));
    spellFrom(0x1f170, letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ"));
    spellFrom(0x1f18a, words("P IC PA SA AB WC DJ CL COOL FREE ID NEW NG OK SOS UP VS"));
    spellFrom(0x1f19b, words("3D 2NDSCR 2K 4K 8K 51 71 222 60P 120P"));
    spellFrom(0x1f1a5, words("D HC HDR HIRES LOSSLESS SHV UHD VOD"));
    // Radicals.
    spellFrom(0x2e80, letters("丶厂乛乚乙亻冂几刀刂卜卩小小尢尣尢尣巳幺彑彐忄心扌攵"));
    spellFrom(0x2e9b, letters("旡日月歺"));
    spellFrom(0x2ea0, letters("民氵氺灬爫爫丬牛犭王疋目示礻竹糹纟罓罒罓罓罒羊羊羋耂肀聿肉臼艹艹艹"));
    spellFrom(0x2ec1, letters("虎衤覀西见角角讠贝足车辶辶辶邑钅長镸长门阜阝雨青韦页风飞食飠飠饣首马骨鬼"));
    spellFrom(0x2ee5, letters("鱼鸟鹵麦黄黾齊齐齒齿龍龙龜龜"));
  }

  private SpelledOut() {}

  private static void spell(String text, String characters) {
    characters.codePoints().forEach(codePoint -> SPELLINGS.put(codePoint, text));
  }

  private static String[] letters(String text) {
    return text.split("");
  }

  private static String[] words(String text) {
    return text.split(" ");
  }

  private static void spellFrom(int first, String... texts) {
    for (int i = 0; i < texts.length; i++) {
      SPELLINGS.put(first + i, texts[i]);
    }
  }

  /**
   * The parts of one character, which may have parts again; empty where it has no parts.
   *
   * <p>Of one only: decomposing a text would change the order of its accents, and collations take
   * some of those for letters.
   */
  static String of(int codePoint) {
    String character = Character.toString(codePoint);
    String parts = Normalizer.normalize(character, Normalizer.Form.NFKD);
    return parts.equals(character) ? spelling(codePoint) : parts;
  }

  private static String spelling(int codePoint) {
    int number = isNumber(codePoint) ? number(codePoint) : -1;
    return number >= 0 ? Integer.toString(number) : SPELLINGS.getOrDefault(codePoint, "");
  }

  private static boolean isNumber(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.DECIMAL_DIGIT_NUMBER
        || type == Character.LETTER_NUMBER
        || type == Character.OTHER_NUMBER;
  }

  /** Negative for a fraction. */
  @SuppressWarnings("CharacterGetNumericValue") // Surprising for letters only.
  private static int number(int codePoint) {
    return Character.getNumericValue(codePoint);
  }
}
