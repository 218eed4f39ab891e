package io.obconnect.e2e;

import io.obconnect.model.TableId;
import java.util.List;

/** A table with two unique keys besides the primary key. */
final class AccountsTable {
  private static final String ELEMENTS =
      """

        id BIGINT NOT NULL,
        version BIGINT NOT NULL,
        email VARCHAR(64) NOT NULL,
        phone VARCHAR(32) NOT NULL,
        city VARCHAR(60),
        balance DECIMAL(14, 2) NOT NULL,
        changed_at DATETIME(6) NOT NULL,
        PRIMARY KEY (id),
        UNIQUE KEY by_email (email),
        UNIQUE KEY by_phone (phone)
      """;
  private static final List<String> COLUMNS =
      List.of("id", "version", "email", "phone", "city", "balance", "changed_at");

  private AccountsTable() {}

  static BenchTable at(TableId id) {
    return new BenchTable(
        id,
        ELEMENTS,
        COLUMNS,
        "version",
        true,
        (key, content) -> row(key, content, new UniqueValues(key, key)));
  }

  /**
   * The unique values of a row, by number.
   *
   * @param email number of the address
   * @param phone number of the telephone
   */
  record UniqueValues(long email, long phone) {}

  static List<String> row(long key, long content, UniqueValues values) {
    return List.of(
        Long.toString(key),
        Long.toString(content),
        "'account" + values.email() + "@example.com'",
        "'+86 571 " + values.phone() + "'",
        "'" + DemoShop.city(Math.floorMod(key, 1_000L)) + "'",
        content % 100_000 + "." + (content % 90 + 10),
        "'2026-11-%02d 12:00:%02d.%06d'"
            .formatted(content % 28 + 1, content % 60, content % 1_000_000));
  }
}
