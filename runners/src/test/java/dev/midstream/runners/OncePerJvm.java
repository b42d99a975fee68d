package dev.midstream.runners;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests what is started once for all tests of this JVM, when the first one asks for it, and
 * closed by JUnit at the end. It is kept for the session and not in the root store: Surefire starts
 * JUnit anew for each class.
 */
abstract class OncePerJvm<T extends AutoCloseable> implements ParameterResolver {
  /** Of what this extension keeps. */
  final Namespace namespace = Namespace.create(getClass());

  private final Class<T> type;
  private final Class<?> parameter;

  /**
   * @param type of what is started
   * @param parameter that tests take
   */
  OncePerJvm(Class<T> type, Class<?> parameter) {
    this.type = type;
    this.parameter = parameter;
  }

  abstract T start() throws IOException;

  @Override
  public boolean supportsParameter(ParameterContext asked, ExtensionContext context) {
    return asked.getParameter().getType() == parameter;
  }

  T running(ExtensionContext context) {
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, namespace)
        .computeIfAbsent(
            type,
            key -> {
              try {
                return start();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            type);
  }
}
