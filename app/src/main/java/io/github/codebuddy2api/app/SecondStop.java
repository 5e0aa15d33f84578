package io.github.codebuddy2api.app;

import io.github.codebuddy2api.core.spi.Time;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whoever tells a stopping program to stop once more does not want to wait. The JVM alone ignores him, and signals have
 * no other door than {@code sun.misc.Signal}; it is opened by reflection, so that a JDK without it loses only this.
 */
final class SecondStop {
    private static final Logger LOG = LoggerFactory.getLogger(SecondStop.class);
    private static final int SIGNALLED = 128;
    private static final int INT = 2;
    private static final int TERM = 15;
    /** Some supervisors tell the process and its group, which is one telling that comes twice. */
    private static final Duration ONE_TELLING = Duration.ofMillis(300);

    private SecondStop() {}

    /** From now on the next SIGTERM or SIGINT ends the process at once. To be called when the first has come. */
    static void endsAtOnce() {
        endsAtOnce("TERM", SIGNALLED + TERM);
        endsAtOnce("INT", SIGNALLED + INT);
    }

    private static void endsAtOnce(String name, int code) {
        try {
            Time time = Time.system();
            long first = time.nanoTime();
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object halting = Proxy.newProxyInstance(
                    SecondStop.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (time.nanoTime() - first > ONE_TELLING.toNanos()) {
                            Runtime.getRuntime().halt(code);
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), halting);
        } catch (ReflectiveOperationException | IllegalArgumentException notHere) {
            LOG.debug("a second {} will be ignored", name);
        }
    }
}
