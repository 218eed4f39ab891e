package io.obconnect.model;

import java.util.Optional;
import java.util.stream.Stream;

/** Finds for a character set and a collation the nearest ones that the destination has. */
final class CollationMapper {

  /** Holds every character of every other character set. */
  static final String WIDEST = "utf8mb4";

  /** A character set whose only collation has its name. */
  private static final String BYTES = "binary";

  private static final String TRAILING_BLANKS = "; trailing blanks no longer count in comparisons";

  /** A character set and its collation; both empty if they are inherited. */
  record TextAttributes(Optional<String> charset, Optional<String> collation) {

    boolean isEmpty() {
      return charset.isEmpty() && collation.isEmpty();
    }

    Optional<String> effectiveCharset() {
      return charset.or(() -> collation.map(CharsetNames::charsetOf));
    }
  }

  private final DestinationProfile profile;
  private final ConversionOptions options;

  CollationMapper(DestinationProfile profile, ConversionOptions options) {
    this.profile = profile;
    this.options = options;
  }

  /** Maps explicit attributes to the nearest ones, and writes the mapping into the log. */
  TextAttributes map(TextAttributes written, String object, ConversionLog log) {
    if (written.isEmpty()) {
      return written;
    }
    TextAttributes source = chosen(written);
    if (!source.equals(written)) {
      log.mapped(object, describe(written), describe(source), "the configuration maps it so");
    }
    String charset = mapCharset(source, object, log);
    if (!isMapped(source)) {
      return new TextAttributes(
          Optional.of(charset), source.collation().or(() -> profile.defaultCollation(charset)));
    }
    Optional<String> target =
        source.collation().isPresent()
            ? nearest(source.collation().get(), charset)
            : profile.defaultCollation(charset);
    if (target.isEmpty()) {
      refuse(object, charset, log);
    } else {
      log.mapped(object, describe(source), target.get(), consequence(source, target.get()));
    }
    return new TextAttributes(Optional.of(charset), target);
  }

  /**
   * Maps the attributes of a column that keys tell rows apart by to a binary collation, which keeps
   * apart what any other one does: a merely similar one would merge rows. Attributes that the
   * destination has stay.
   *
   * @param written the column's own attributes or, if {@code inherited}, the table's
   * @param keys names the keys
   */
  TextAttributes mapKey(
      TextAttributes written, boolean inherited, String object, String keys, ConversionLog log) {
    TextAttributes source = chosen(written);
    if (!isMapped(source)) {
      return inherited
          ? new TextAttributes(Optional.empty(), Optional.empty())
          : map(written, object, log);
    }
    String charset =
        inherited
            ? availableCharset(source.effectiveCharset().orElse(WIDEST))
            : mapCharset(source, object, log);
    Optional<String> target = binary(source, charset);
    if (target.isEmpty()) {
      refuse(object, charset, log);
    } else {
      log.mapped(
          object,
          (inherited ? "inherited " : "") + describe(source),
          target.get(),
          keyConsequence(source, target.get(), keys));
    }
    return new TextAttributes(Optional.of(charset), target);
  }

  /**
   * Returns what the user puts in the place of the attributes; the attributes if that is nothing.
   */
  private TextAttributes chosen(TextAttributes source) {
    Optional<String> collation = source.collation().map(options.collations()::get);
    if (collation.isPresent()) {
      return new TextAttributes(collation.map(CharsetNames::charsetOf), collation);
    }
    Optional<String> charset = source.effectiveCharset().map(options.charsets()::get);
    return charset.isEmpty()
        ? source
        : new TextAttributes(
            charset,
            source.collation().map(name -> charset.get() + name.substring(prefixLength(name))));
  }

  private static int prefixLength(String collation) {
    return CharsetNames.charsetOf(collation).length();
  }

  /**
   * Returns whether a collation of the source may have become another one: then a similar collation
   * at the destination does not say what the source's keys tell apart.
   */
  boolean mapsTheDefault() {
    return !profile.collations().containsKey("utf8mb4_0900_ai_ci");
  }

  /** Returns whether equal means equal bytes, trailing blanks apart. */
  static boolean isBinary(String collation) {
    return collation.endsWith("bin") || collation.equals(BYTES);
  }

  /**
   * Returns whether the destination gets another collation, or possibly so: a character set without
   * a collation means the server's default, which servers choose freely.
   */
  private boolean isMapped(TextAttributes source) {
    if (source.isEmpty()) {
      return true;
    }
    String charset = source.effectiveCharset().orElseThrow();
    return source
        .collation()
        .map(collation -> !isAvailable(collation, charset))
        .orElseGet(
            () ->
                !profile.charsets().containsKey(charset)
                    || (profile.isOceanBase() && !charset.equals(BYTES)));
  }

  private String mapCharset(TextAttributes source, String object, ConversionLog log) {
    String charset = source.effectiveCharset().orElseThrow();
    String target = availableCharset(charset);
    if (!target.equals(charset)) {
      log.mapped(
          object,
          "character set " + charset,
          target,
          "the destination has no " + charset + "; " + target + " holds all of its characters");
    }
    return target;
  }

  private String availableCharset(String charset) {
    return profile.charsets().containsKey(charset) ? charset : WIDEST;
  }

  private static void refuse(String object, String charset, ConversionLog log) {
    log.refuse(
        object + ": the destination has no fitting collation of the character set " + charset);
  }

  private static String describe(TextAttributes source) {
    return source
        .collation()
        .map(collation -> "collation " + collation)
        .or(() -> source.charset().map(charset -> "default collation of " + charset))
        .orElse("collation");
  }

  private boolean isAvailable(String collation, String charset) {
    DestinationProfile.Collation found = profile.collations().get(collation);
    return found != null && found.charset().equals(charset);
  }

  private Optional<String> nearest(String collation, String charset) {
    int underscore = collation.indexOf('_');
    String suffix = underscore < 0 ? "bin" : collation.substring(underscore + 1);
    String fallback = isExact(collation) ? "bin" : "general_ci";
    return Stream.concat(
            Stream.of(charset + "_" + suffix, charset + "_" + fallback),
            profile.defaultCollation(charset).stream())
        .filter(candidate -> isAvailable(candidate, charset))
        .findFirst();
  }

  private Optional<String> binary(TextAttributes source, String charset) {
    // The only binary collation to which trailing blanks count; of no use to a source that pads.
    Stream<String> exact =
        ignoresTrailingBlanks(source) ? Stream.empty() : Stream.of(charset + "_0900_bin");
    return Stream.concat(exact, Stream.of(charset + "_bin", BYTES))
        .filter(candidate -> isAvailable(candidate, charset))
        .findFirst();
  }

  private static boolean isExact(String collation) {
    return collation.endsWith("bin") || collation.endsWith("_cs");
  }

  private static boolean isExact(TextAttributes source) {
    return source.collation().filter(CollationMapper::isExact).isPresent();
  }

  /** MySQL calls it PAD SPACE; all its collations have it but the 0900 ones. */
  private static boolean ignoresTrailingBlanks(TextAttributes source) {
    return source
        .collation()
        .map(CollationMapper::ignoresTrailingBlanks)
        .orElseGet(() -> source.charset().filter(charset -> !charset.equals(WIDEST)).isPresent());
  }

  private static boolean ignoresTrailingBlanks(String collation) {
    return !collation.contains("_0900_") && !collation.contains("_nopad_");
  }

  private static String consequence(TextAttributes source, String to) {
    if (source.collation().isEmpty()) {
      return "the statement names no collation; sort order and equality may differ";
    }
    String from = source.collation().get();
    return missing(from)
        + (isExact(from) && isExact(to)
            ? "sort order differs" + (losesTrailingBlanks(source, to) ? TRAILING_BLANKS : "")
            : "sort order and equality differ");
  }

  private static String keyConsequence(TextAttributes source, String to, String keys) {
    return source
            .collation()
            .map(CollationMapper::missing)
            .orElse("the statement names no collation; ")
        + "only a binary one keeps apart all values of "
        + keys
        + " that the source keeps apart; "
        + (isExact(source)
            ? "sort order differs"
            : "comparisons of the column become case- and accent-sensitive")
        + (losesTrailingBlanks(source, to)
            ? TRAILING_BLANKS + ": keys that differ only by them collide"
            : "");
  }

  private static String missing(String collation) {
    return "the destination has no " + collation + "; ";
  }

  private static boolean losesTrailingBlanks(TextAttributes source, String to) {
    return !ignoresTrailingBlanks(source) && ignoresTrailingBlanks(to);
  }

  /** Returns the most bytes a character takes. */
  int bytesPerCharacter(String charset) {
    return profile.charsets().getOrDefault(charset, 4);
  }
}
