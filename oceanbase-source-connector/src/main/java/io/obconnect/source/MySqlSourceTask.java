package io.obconnect.source;

import io.obconnect.model.PluginVersion;
import io.obconnect.model.RetryPolicy;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/** Reads MySQL's log, and survives its restarts. Created by {@link MySqlSourceConnector}. */
public final class MySqlSourceTask extends SourceTask {
  private RestartingCapture capture;

  /** Called by Connect. */
  public MySqlSourceTask() {}

  @Override
  public String version() {
    return PluginVersion.of(getClass());
  }

  @Override
  public void start(Map<String, String> options) {
    RetryPolicy policy =
        ReconnectOptions.policy(MySqlSourceConnector.ownDefinition().parse(options));
    capture = new RestartingCapture(CaptureTask::new, context, options, policy, System::nanoTime);
  }

  @Override
  public List<SourceRecord> poll() throws InterruptedException {
    return capture.poll();
  }

  @Override
  public void stop() {
    if (capture != null) {
      capture.stop();
    }
  }
}
