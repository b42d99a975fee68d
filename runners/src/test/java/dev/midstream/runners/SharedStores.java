package dev.midstream.runners;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The same {@link Stores} for all tests of this JVM that take them; JUnit closes them at its end.
 */
final class SharedStores implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(SharedStores.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Stores.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
        .computeIfAbsent(Stores.class, key -> open(), Stores.class);
  }

  private static Stores open() {
    try {
      return new Stores();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
