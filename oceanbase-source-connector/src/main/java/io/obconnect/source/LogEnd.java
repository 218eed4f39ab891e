package io.obconnect.source;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import io.debezium.pipeline.ErrorHandler;
import io.debezium.pipeline.source.spi.ChangeEventSource.ChangeEventSourceContext;
import java.io.EOFException;
import java.util.Objects;

/**
 * Ends a capture when the database ends the connection. Debezium leaves that to the binlog client,
 * which looks after it once a minute only.
 */
final class LogEnd extends BinaryLogClient.AbstractLifecycleListener {
  private final ChangeEventSourceContext context;
  private final ErrorHandler errors;

  LogEnd(ChangeEventSourceContext context, ErrorHandler errors) {
    this.context = Objects.requireNonNull(context, "context");
    this.errors = Objects.requireNonNull(errors, "errors");
  }

  /** Also called when the capture itself ends the connection, because it is stopped. */
  @Override
  public void onDisconnect(BinaryLogClient client) {
    if (context.isRunning()) {
      errors.setProducerThrowable(new EOFException("the database has ended the connection"));
    }
  }
}
