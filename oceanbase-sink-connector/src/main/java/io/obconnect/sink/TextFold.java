package io.obconnect.sink;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Maps texts so that whatever a collation calls equal becomes equal. The reverse does not hold: it
 * serves to keep changes in order that might concern one value, and to keep too many in order costs
 * time only.
 *
 * <p>Texts that are equal piece by piece have equal folds, because a fold is put together from its
 * characters' folds, whatever stands beside them.
 */
enum TextFold {
  /** Texts are compared by their bytes. */
  NONE {
    @Override
    String fold(String text) {
      return text;
    }
  },

  /** Of texts compared by their code points, those are equal that differ in trailing blanks. */
  BLANKS {
    @Override
    String fold(String text) {
      int end = text.length();
      while (end > 0 && text.charAt(end - 1) == ' ') {
        end--;
      }
      return text.substring(0, end);
    }
  },

  /** Unicode up to version 4.0: the characters outside the first plane are all equal. */
  FIRST_PLANE {
    @Override
    String fold(String text) {
      return skeleton(text, Character.MAX_VALUE);
    }
  },

  /** Unicode since version 5.2: every character has a weight of its own. */
  ALL_PLANES {
    @Override
    String fold(String text) {
      return skeleton(text, Character.MAX_CODE_POINT);
    }
  },

  /** Of the older character sets, whose collations have many oddities, the digits are certain. */
  DIGITS {
    @Override
    String fold(String text) {
      return NO_DIGIT.matcher(text).replaceAll("");
    }
  },

  /** Nothing is certain: MySQL's gb18030_chinese_ci finds {@code Ü} equal to {@code ümr}. */
  NOTHING {
    @Override
    String fold(String text) {
      return "";
    }
  };

  private static final Set<String> LETTERED_CHARSETS =
      Set.of(
          "utf8mb4", "utf8mb3", "utf8", "utf16", "utf16le", "utf32", "ucs2", "gb18030", "gbk",
          "latin1", "ascii");

  private static final String UNCERTAIN_COLLATION = "gb18030_chinese_ci";

  private static final Pattern NO_DIGIT = Pattern.compile("[^0-9]");

  /**
   * The Latin letters that every collation tells apart. Without the vowels and what stands for a
   * vowel somewhere: {@code j}, {@code v}, {@code y}. Without {@code s}, because {@code ß} is one
   * of them or two. Without the last letters of digraphs that are one letter somewhere: Lithuanian
   * {@code ch} is {@code c}, and Hungarian {@code zzs} is {@code zszs}.
   */
  private static final String CONSONANTS = "BCDFGKLMNPQRTWX";

  /** What remains of each ASCII character, or 0. */
  private static final char[] REMAINS = new char[0x80];

  static {
    ("0123456789" + CONSONANTS)
        .chars()
        .forEach(
            c -> {
              REMAINS[c] = (char) c;
              REMAINS[Character.toLowerCase(c)] = (char) c;
            });
  }

  /** The fold of a column's texts, for the name of its collation; empty for other types. */
  static TextFold of(String collation) {
    if (collation.isEmpty() || collation.equals("binary")) {
      return NONE;
    }
    String name = collation.toLowerCase(Locale.ROOT);
    if (name.endsWith("_bin")) {
      return BLANKS;
    }
    if (name.equals(UNCERTAIN_COLLATION)) {
      return NOTHING;
    }
    if (!LETTERED_CHARSETS.contains(name.substring(0, Math.max(0, name.indexOf('_'))))) {
      return DIGITS;
    }
    return name.contains("_520_") || name.contains("_0900_") ? ALL_PLANES : FIRST_PLANE;
  }

  abstract String fold(String text);

  /** Digits, consonants and Han characters, of the code points up to the last one that counts. */
  private static String skeleton(String text, int last) {
    StringBuilder folded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      if (codePoint <= last) {
        append(folded, codePoint);
      }
      i += Character.charCount(codePoint);
    }
    return folded.toString();
  }

  private static void append(StringBuilder folded, int codePoint) {
    if (codePoint < REMAINS.length) {
      if (REMAINS[codePoint] != 0) {
        folded.append(REMAINS[codePoint]);
      }
    } else if (isHan(codePoint)) {
      folded.appendCodePoint(codePoint);
    } else {
      SpelledOut.of(codePoint).codePoints().forEach(part -> append(folded, part));
    }
  }

  /** The unified ideographs of the first plane: every collation tells them apart. */
  private static boolean isHan(int codePoint) {
    return codePoint >= 0x4e00 && codePoint <= 0x9fff;
  }
}
