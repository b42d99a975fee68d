package dev.midstream.runners;

import java.io.IOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;

/** The same {@link Stores} for all tests of this JVM that take them. */
final class SharedStores extends OncePerJvm<Stores> {
  SharedStores() {
    super(Stores.class, Stores.class);
  }

  @Override
  Stores start() throws IOException {
    return new Stores();
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return running(context);
  }
}
