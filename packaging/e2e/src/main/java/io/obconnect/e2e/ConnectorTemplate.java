package io.obconnect.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * A file of connect-configs/, as Connect's REST interface takes it in a POST. What differs from
 * place to place (addresses, logins) is replaced; everything else is used as users find it.
 */
final class ConnectorTemplate {
  private final ObjectNode document;

  private ConnectorTemplate(ObjectNode document) {
    this.document = document;
  }

  static ConnectorTemplate read(Path root, String fileName) {
    Path file = root.resolve("connect-configs").resolve(fileName);
    try {
      return new ConnectorTemplate((ObjectNode) new ObjectMapper().readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** A connector that has no file in connect-configs/. */
  static ConnectorTemplate of(String name, Map<String, String> options) {
    ObjectNode document = new ObjectMapper().createObjectNode();
    document.putObject("config");
    return new ConnectorTemplate(document).named(name).with(options);
  }

  /** A copy with these options set. */
  ConnectorTemplate with(Map<String, String> options) {
    ObjectNode copy = document.deepCopy();
    options.forEach(((ObjectNode) copy.get("config"))::put);
    return new ConnectorTemplate(copy);
  }

  /** A copy under another connector name. */
  ConnectorTemplate named(String name) {
    ObjectNode copy = document.deepCopy();
    copy.put("name", Objects.requireNonNull(name, "name"));
    return new ConnectorTemplate(copy);
  }

  String name() {
    return document.get("name").asText();
  }

  /** Name and configuration. */
  JsonNode document() {
    return document.deepCopy();
  }

  /** The configuration alone. */
  JsonNode config() {
    return document.get("config").deepCopy();
  }
}
