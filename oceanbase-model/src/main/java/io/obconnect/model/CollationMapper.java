package io.obconnect.model;

import java.util.Optional;
import java.util.stream.Stream;

/** Finds for a character set and a collation the nearest ones that the destination has. */
final class CollationMapper {

  /** Holds every character of every other character set. */
  static final String WIDEST = "utf8mb4";

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

  CollationMapper(DestinationProfile profile) {
    this.profile = profile;
  }

  /** Maps explicit attributes, and writes the mapping into the log. */
  TextAttributes map(TextAttributes source, String object, String keyHazard, ConversionLog log) {
    if (source.isEmpty()) {
      return source;
    }
    String charset = source.effectiveCharset().orElseThrow();
    String target = charset;
    if (!profile.charsets().containsKey(charset)) {
      target = WIDEST;
      log.mapped(
          object,
          "character set " + charset,
          WIDEST,
          "the destination has no " + charset + "; " + WIDEST + " holds all of its characters");
    }
    return new TextAttributes(
        Optional.of(target), mapCollation(source, target, object, keyHazard, log));
  }

  private Optional<String> mapCollation(
      TextAttributes source, String target, String object, String keyHazard, ConversionLog log) {
    if (source.collation().isEmpty()) {
      return implied(source, target, object, keyHazard, log);
    }
    String collation = source.collation().get();
    if (isAvailable(collation, target)) {
      return source.collation();
    }
    Optional<String> nearest = nearest(collation, target);
    if (nearest.isEmpty()) {
      log.refuse(object + ": the destination has no collation of the character set " + target);
    } else {
      log.mapped(
          object,
          "collation " + collation,
          nearest.get(),
          "the destination has no "
              + collation
              + "; "
              + consequence(collation, nearest.get())
              + behindSemicolon(keyHazard));
    }
    return nearest;
  }

  /**
   * A character set without a collation means the server's default, which servers choose freely.
   */
  private Optional<String> implied(
      TextAttributes source, String target, String object, String keyHazard, ConversionLog log) {
    Optional<String> collation = profile.defaultCollation(target);
    boolean changedCharset = !source.effectiveCharset().equals(Optional.of(target));
    if (collation.isPresent() && (changedCharset || profile.isOceanBase())) {
      log.mapped(
          object,
          "the source's default collation of " + source.effectiveCharset().orElseThrow(),
          collation.get(),
          "the statement names no collation; sort order and equality may differ"
              + behindSemicolon(keyHazard));
    }
    return collation;
  }

  private static String behindSemicolon(String text) {
    return text.isEmpty() ? "" : "; " + text;
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

  private static boolean isExact(String collation) {
    return collation.endsWith("bin") || collation.endsWith("_cs");
  }

  private static String consequence(String from, String to) {
    if (isExact(from) && isExact(to)) {
      return from.contains("0900")
          ? "sort order differs, and trailing spaces no longer count in comparisons"
          : "sort order differs";
    }
    return "sort order and equality differ";
  }

  /** Returns the most bytes a character takes. */
  int bytesPerCharacter(String charset) {
    return profile.charsets().getOrDefault(charset, 4);
  }
}
