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
            .getOrComputeIfAbsent(LocalStack.class, key -> new LocalStack(), LocalStack.class);
    return PARAMETERS.get(parameter.getParameter().getType()).apply(stack);
  }
}
