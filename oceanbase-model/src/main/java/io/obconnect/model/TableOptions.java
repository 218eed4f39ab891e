package io.obconnect.model;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The options behind a table's columns.
 *
 * @param comment the comment, unescaped; empty if there is none
 * @param autoIncrement next value of the AUTO_INCREMENT column, as unsigned 64 bit
 * @param others all further options, upper case name to value as written
 */
public record TableOptions(
    Optional<String> charset,
    Optional<String> collation,
    String comment,
    OptionalLong autoIncrement,
    Map<String, String> others) {

  public TableOptions {
    others = OrderedMaps.copyOf(others);
  }
}
