package io.obconnect.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * A client of Kafka Connect's REST interface. Every call throws {@link ConnectRestException} when
 * Connect answers with an error and {@link UncheckedIOException} when it does not answer. While the
 * worker's group rebalances (status 409) a call is repeated for up to 30 seconds. Safe for use by
 * several threads.
 */
public final class ConnectRest {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  // Connect itself gives up after 90 seconds.
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(100);
  private static final Duration REBALANCE_DEADLINE = Duration.ofSeconds(30);
  private static final int CONFLICT = 409;
  private static final int FIRST_ERROR = 400;

  // One for all: each has a thread that lives until the client is garbage.
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  private final URI uri;
  private final ObjectMapper json = new ObjectMapper();

  /** A client for the worker at an address like {@code http://127.0.0.1:8083}. */
  public ConnectRest(URI uri) {
    this.uri = uri;
  }

  /** The answer to GET for a path that begins with a slash. */
  public JsonNode get(String path) {
    return send("GET", path, BodyPublishers.noBody());
  }

  /** Creates or reconfigures a connector; answers its name, configuration and tasks. */
  public JsonNode putConnector(String name, Map<String, String> config) {
    return putConnector(name, json.<JsonNode>valueToTree(config));
  }

  /** Creates or reconfigures a connector; answers its name, configuration and tasks. */
  public JsonNode putConnector(String name, JsonNode config) {
    return send("PUT", connector(name) + "/config", body(config));
  }

  /** Creates a connector from a document with its name and configuration, as curl would POST it. */
  public JsonNode postConnector(JsonNode nameAndConfig) {
    return send("POST", "/connectors", body(nameAndConfig));
  }

  /** Stops a connector and forgets its configuration. */
  public void deleteConnector(String name) {
    send("DELETE", connector(name), BodyPublishers.noBody());
  }

  /** The states of a connector and its tasks. */
  public JsonNode status(String name) {
    return get(connector(name) + "/status");
  }

  /**
   * Restarts a connector, whatever its state.
   *
   * @param includeTasks whether its tasks are restarted, too
   */
  public void restartConnector(String name, boolean includeTasks) {
    String path = connector(name) + "/restart?onlyFailed=false&includeTasks=" + includeTasks;
    send("POST", path, BodyPublishers.noBody());
  }

  /** Restarts what has failed of a connector and its tasks, and nothing else. */
  public void restartFailed(String name) {
    String path = connector(name) + "/restart?onlyFailed=true&includeTasks=true";
    send("POST", path, BodyPublishers.noBody());
  }

  /**
   * Stops a connector, waits until it has stopped, and removes its offsets: it starts over when
   * resumed.
   */
  public void stopAndForgetOffsets(String name) {
    stopConnector(name);
    send("DELETE", connector(name) + "/offsets", BodyPublishers.noBody());
  }

  /** Ends a connector's tasks, and waits until they have ended; its offsets stay. */
  public void stopConnector(String name) {
    send("PUT", connector(name) + "/stop", BodyPublishers.noBody());
    long endNanos = System.nanoTime() + REBALANCE_DEADLINE.toNanos();
    while (!status(name).path("connector").path("state").asText().equals("STOPPED")
        || !status(name).path("tasks").isEmpty()) {
      if (System.nanoTime() >= endNanos) {
        throw new LocalStackException("connector " + name + " does not stop");
      }
      Await.pause();
    }
  }

  /**
   * Alters the offset of one partition of a stopped sink connector.
   *
   * @param offset of the record to go on with
   */
  public void alterSinkOffset(String name, String topic, int partition, long offset) {
    patchSinkOffset(name, topic, partition, json.createObjectNode().put("kafka_offset", offset));
  }

  /** Lets one partition of a stopped sink connector begin anew. */
  public void forgetSinkOffset(String name, String topic, int partition) {
    patchSinkOffset(name, topic, partition, NullNode.getInstance());
  }

  private void patchSinkOffset(String name, String topic, int partition, JsonNode offset) {
    ObjectNode altered = json.createObjectNode();
    ObjectNode entry = altered.putArray("offsets").addObject();
    entry.putObject("partition").put("kafka_topic", topic).put("kafka_partition", partition);
    entry.set("offset", offset);
    send("PATCH", connector(name) + "/offsets", body(altered));
  }

  /** Starts a stopped connector again. */
  public void resumeConnector(String name) {
    send("PUT", connector(name) + "/resume", BodyPublishers.noBody());
  }

  /**
   * Validates a configuration without creating anything; answers every option with its errors.
   *
   * @param pluginClass name of the connector's class
   */
  public JsonNode validate(String pluginClass, Map<String, String> config) {
    String path = "/connector-plugins/" + encode(pluginClass) + "/config/validate";
    return send("PUT", path, body(json.valueToTree(config)));
  }

  /** All plugins of the worker: connectors, converters, transforms. */
  public JsonNode plugins() {
    return get("/connector-plugins?connectorsOnly=false");
  }

  private JsonNode send(String method, String path, BodyPublisher body) {
    String target = uri.toString().replaceFirst("/+$", "") + path;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(target))
            .timeout(REQUEST_TIMEOUT)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .method(method, body)
            .build();
    HttpResponse<String> response = sendUntilBalanced(request);
    if (response.statusCode() >= FIRST_ERROR) {
      throw new ConnectRestException(
          method + " " + target, response.statusCode(), message(response.body()));
    }
    return response.body().isBlank() ? MissingNode.getInstance() : parse(response.body());
  }

  private HttpResponse<String> sendUntilBalanced(HttpRequest request) {
    long endNanos = System.nanoTime() + REBALANCE_DEADLINE.toNanos();
    while (true) {
      HttpResponse<String> response = sendOnce(request);
      if (response.statusCode() != CONFLICT || System.nanoTime() >= endNanos) {
        return response;
      }
      Await.pause();
    }
  }

  private HttpResponse<String> sendOnce(HttpRequest request) {
    try {
      return HTTP.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("no answer to " + request, e);
    } catch (InterruptedException e) {
      throw Await.interrupted(e);
    }
  }

  /** Connect puts its sentence into a field; a proxy before it may answer something else. */
  private String message(String body) {
    try {
      return json.readTree(body).path("message").asText(body);
    } catch (IOException e) {
      return body;
    }
  }

  private JsonNode parse(String body) {
    try {
      return json.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException("not JSON: " + body, e);
    }
  }

  private static BodyPublisher body(JsonNode content) {
    return BodyPublishers.ofString(content.toString());
  }

  private static String connector(String name) {
    return "/connectors/" + encode(name);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
