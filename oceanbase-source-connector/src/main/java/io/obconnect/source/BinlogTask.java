package io.obconnect.source;

import io.obconnect.model.PluginVersion;
import io.obconnect.model.RetryPolicy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/** Reads a database's log, and survives its restarts. */
abstract sealed class BinlogTask extends SourceTask permits MySqlSourceTask, OceanBaseSourceTask {
  private final CapturedDatabase database;
  private RestartingCapture capture;

  BinlogTask(CapturedDatabase database) {
    this.database = Objects.requireNonNull(database, "database");
  }

  @Override
  public final String version() {
    return PluginVersion.of(getClass());
  }

  @Override
  public final void start(Map<String, String> options) {
    RetryPolicy policy = ReconnectOptions.policy(ReconnectOptions.definition().parse(options));
    capture =
        new RestartingCapture(
            () -> new CaptureTask(database), context, options, policy, System::nanoTime);
  }

  @Override
  public final List<SourceRecord> poll() throws InterruptedException {
    return capture.poll();
  }

  @Override
  public final void stop() {
    if (capture != null) {
      capture.stop();
    }
  }
}
