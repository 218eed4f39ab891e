package io.obconnect.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obconnect.model.TableId;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;

/** The plan's lines as JSON. */
final class PlanText {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> OFFSET = new TypeReference<>() {};
  private static final TypeReference<List<String>> LITERALS = new TypeReference<>() {};
  private static final String TYPE = "type";
  private static final String RUN = "run";
  private static final String CHUNK = "chunk";
  private static final String STREAMED = "streamed";
  private static final String RESET = "reset";

  private PlanText() {}

  static String write(PlanEntry entry) {
    ObjectNode line = JSON.createObjectNode();
    if (entry instanceof PlanEntry.Run run) {
      line.put(TYPE, RUN);
      writeTable(line, run.table(), run.run());
      line.set("start", JSON.valueToTree(run.start()));
      line.put("estimated_rows", run.estimatedRows());
    } else if (entry instanceof PlanEntry.Part part) {
      Chunk chunk = part.chunk();
      line.put(TYPE, CHUNK);
      writeTable(line, chunk.table(), chunk.run());
      line.put("number", chunk.number());
      line.set("after", JSON.valueToTree(chunk.after()));
      line.set("to", JSON.valueToTree(chunk.to()));
    } else if (entry instanceof PlanEntry.Streamed streamed) {
      line.put(TYPE, STREAMED);
      writeTable(line, streamed.table());
    } else {
      line.put(TYPE, RESET);
    }
    return line.toString();
  }

  private static void writeTable(ObjectNode line, TableId table, long run) {
    writeTable(line, table);
    line.put(RUN, run);
  }

  private static void writeTable(ObjectNode line, TableId table) {
    line.put("database", table.database());
    line.put("table", table.table());
  }

  /**
   * Reads a line.
   *
   * @throws ConnectException when it is none
   */
  static PlanEntry read(String text) {
    try {
      JsonNode line = JSON.readTree(text);
      return switch (line.path(TYPE).asText()) {
        case RUN ->
            new PlanEntry.Run(
                table(line),
                line.path(RUN).asLong(),
                JSON.convertValue(line.path("start"), OFFSET),
                line.path("estimated_rows").asLong());
        case CHUNK ->
            new PlanEntry.Part(
                new Chunk(
                    table(line),
                    line.path(RUN).asLong(),
                    line.path("number").asInt(),
                    JSON.convertValue(line.path("after"), LITERALS),
                    JSON.convertValue(line.path("to"), LITERALS)));
        case STREAMED -> new PlanEntry.Streamed(table(line));
        case RESET -> new PlanEntry.Reset();
        default ->
            throw new ConnectException(
                "the plan of the full copy has a line of a kind that is unknown here; is its topic"
                    + " used by something else, or by a later version?");
      };
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new ConnectException(
          "the plan of the full copy has a line that cannot be read; is its topic used by something"
              + " else?",
          e);
    }
  }

  private static TableId table(JsonNode line) {
    return new TableId(line.path("database").asText(), line.path("table").asText());
  }
}
