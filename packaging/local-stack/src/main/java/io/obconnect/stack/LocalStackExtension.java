package io.obconnect.stack;

import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the engines of one {@link LocalStack} as parameters. The stack lives as long as the
 * JVM's test run and is shared by all its test classes; an engine is started when the first
 * parameter asks for it.
 */
public final class LocalStackExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(LocalStackExtension.class);

  /**
   * How much of a transaction seekdb keeps in memory before it writes to its log ahead of the
   * commit, 16 kB by default. What seekdb 1.4.0 finds unfinished in its log after a crash holds its
   * row locks for ever, across restarts as well; tests kill it, so let there be nothing.
   */
  private static final String LOG_BEFORE_COMMIT = "_private_buffer_size";

  private static final String NOTHING = "0B";

  private static final Map<Class<?>, Function<LocalStack, Object>> PARAMETERS =
      Map.of(
          LocalStack.class, stack -> stack,
          MySqlServer.class, LocalStack::mysql,
          OceanBaseServer.class, LocalStack::oceanbase,
          PostgresServer.class, LocalStack::postgres,
          KafkaBroker.class, LocalStack::kafka,
          ConnectWorker.class, LocalStack::connect);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return PARAMETERS.containsKey(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    LocalStack stack =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(LocalStack.class, key -> newStack(), LocalStack.class);
    return PARAMETERS.get(parameter.getParameter().getType()).apply(stack);
  }

  private static LocalStack newStack() {
    return new LocalStack(
        LocalStackOptions.defaults().withOceanbaseParameter(LOG_BEFORE_COMMIT, NOTHING));
  }
}
