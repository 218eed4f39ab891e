package io.obconnect.e2e;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.obconnect.stack.ConnectWorker;
import java.io.IOException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The metrics of a sink's first task, read from the worker as monitoring tools read them. */
final class SinkBeans implements AutoCloseable {
  private final JMXConnector connector;
  private final String sink;

  private SinkBeans(JMXConnector connector, String sink) {
    this.connector = connector;
    this.sink = sink;
  }

  @SuppressWarnings("BanJNDI") // the test has started the worker itself
  static SinkBeans of(ConnectWorker worker, String sink)
      throws IOException, AttachNotSupportedException {
    VirtualMachine machine = VirtualMachine.attach(String.valueOf(worker.pid().orElseThrow()));
    try {
      JMXServiceURL address = new JMXServiceURL(machine.startLocalManagementAgent());
      return new SinkBeans(JMXConnectorFactory.connect(address), sink);
    } finally {
      machine.detach();
    }
  }

  /**
   * The value of a metric; NaN while the task does not show it.
   *
   * @param tag as {@code name=value}, or empty
   */
  double value(String tag, String metric) throws IOException, JMException {
    String task = "kafka.connect:type=plugins,connector=" + sink + ",task=0";
    ObjectName name = new ObjectName(task + (tag.isEmpty() ? "" : "," + tag));
    MBeanServerConnection beans = connector.getMBeanServerConnection();
    try {
      return ((Number) beans.getAttribute(name, metric)).doubleValue();
    } catch (InstanceNotFoundException e) {
      return Double.NaN;
    }
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
