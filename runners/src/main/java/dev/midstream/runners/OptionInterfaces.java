package dev.midstream.runners;

import dev.midstream.pipeline.MidstreamOptions;
import java.beans.Introspector;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.ServiceLoader;
import java.util.Set;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.options.PipelineOptionsRegistrar;

/**
 * Which of the interfaces of options on the class path Beam is told of. Left alone it takes all
 * that are announced, some twenty, and checks each against all before it: a sixth of the time from
 * launch to exit of a small run. A command line needs ours, and those that have an option it gives.
 */
final class OptionInterfaces {
  private static final String HELP = "help";

  private OptionInterfaces() {}

  /**
   * Registers what a command line needs. Where Beam has taken all before, as in a JVM that has made
   * options without a command line, it changes nothing.
   *
   * @param given the names of the options given; {@code help} needs all interfaces
   */
  static void register(Set<String> given) {
    Thread thread = Thread.currentThread();
    ClassLoader loader = thread.getContextClassLoader();
    thread.setContextClassLoader(new WithoutAnnouncements(loader));
    try {
      PipelineOptionsFactory.register(MidstreamOptions.class);
    } finally {
      thread.setContextClassLoader(loader);
    }
    Set<String> others = new HashSet<>(given);
    others.removeAll(names(MidstreamOptions.class));
    if (others.isEmpty()) {
      return;
    }
    for (PipelineOptionsRegistrar registrar :
        ServiceLoader.load(PipelineOptionsRegistrar.class, loader)) {
      for (Class<? extends PipelineOptions> announced : registrar.getPipelineOptions()) {
        if (others.contains(HELP) || !Collections.disjoint(others, names(announced))) {
          PipelineOptionsFactory.register(announced);
        }
      }
    }
  }

  /** The names of the options that an interface has, its own and inherited ones. */
  private static Set<String> names(Class<? extends PipelineOptions> options) {
    Set<String> names = new HashSet<>();
    for (Method method : options.getMethods()) {
      String name = method.getName();
      if (name.startsWith("set") && method.getParameterCount() == 1) {
        names.add(Introspector.decapitalize(name.substring(3)));
      }
    }
    return names;
  }

  /** A class loader that shows no announcement of options, and else what its parent shows. */
  private static final class WithoutAnnouncements extends ClassLoader {
    private static final String ANNOUNCEMENTS =
        "META-INF/services/" + PipelineOptionsRegistrar.class.getName();

    WithoutAnnouncements(ClassLoader parent) {
      super(parent);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return name.equals(ANNOUNCEMENTS) ? Collections.emptyEnumeration() : super.getResources(name);
    }
  }
}
