package io.obconnect.e2e;

import java.util.List;
import java.util.Locale;

/** A source and the sink that goes with it, as connect-configs/ has them. */
enum ConnectorPair {
  /** This project's source, which copies in blocks. */
  OURS("mysql-source-blocks.json", "oceanbase-sink-blocks.json"),

  /** The stock Debezium source. */
  DEBEZIUM("mysql-source-debezium.json", "oceanbase-sink.json");

  private final String sourceFile;
  private final String sinkFile;

  ConnectorPair(String sourceFile, String sinkFile) {
    this.sourceFile = sourceFile;
    this.sinkFile = sinkFile;
  }

  String sourceFile() {
    return sourceFile;
  }

  String sinkFile() {
    return sinkFile;
  }

  /** This project's modules whose plugins the two connectors name. */
  List<String> plugins() {
    return switch (this) {
      case OURS ->
          List.of("oceanbase-source-connector", "oceanbase-sink-connector", "message-formats");
      case DEBEZIUM -> List.of("oceanbase-sink-connector", "message-formats");
    };
  }

  /** As an option's value. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
