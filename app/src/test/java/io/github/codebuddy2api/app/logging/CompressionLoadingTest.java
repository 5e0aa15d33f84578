package io.github.codebuddy2api.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The libraries for the rarer kinds of archives cost nothing to whoever does not use them. */
final class CompressionLoadingTest {
    @Test
    void no_library_is_loaded_for_settings_and_the_usual_kinds() throws Exception {
        Watcher watcher = new Watcher();
        for (String kind : new String[] {"none", "gz", "zip", "tar", "tar.gz"}) {
            watcher.pack(kind);
        }
        watcher.parse("tar.xz");
        watcher.parse("bz2");

        assertThat(watcher.libraries()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "bz2, kala.compress",
        "tar.bz2, kala.compress",
        "xz, org.tukaani",
        "tar.xz, org.tukaani",
        "lzma, org.tukaani"
    })
    void the_first_file_of_a_kind_loads_its_own_library_alone(String kind, String library) throws Exception {
        Watcher watcher = new Watcher();
        watcher.pack(kind);

        assertThat(watcher.libraries()).isNotEmpty().allMatch(name -> name.startsWith(library + "."));
    }

    /** Loads the package anew and notes what it asks for. */
    private static final class Watcher extends ClassLoader {
        private static final String PACKAGE = Compression.class.getPackageName() + ".";

        private final Set<String> asked = new TreeSet<>();

        Watcher() {
            super(Compression.class.getClassLoader());
        }

        Set<String> libraries() {
            asked.removeIf(name -> name.startsWith("java.") || name.startsWith("io.github.codebuddy2api."));
            return asked;
        }

        Object parse(String kind) throws ReflectiveOperationException {
            Method parse = loadClass(PACKAGE + "Compression").getDeclaredMethod("parse", String.class);
            parse.setAccessible(true);
            return call(parse, null, kind);
        }

        void pack(String kind) throws ReflectiveOperationException {
            Object compression = parse(kind);
            Class<?> contentType = loadClass(PACKAGE + "Compression$Content");
            Constructor<?> content =
                    contentType.getDeclaredConstructor(String.class, long.class, long.class, InputStream.class);
            content.setAccessible(true);
            Method pack = loadClass(PACKAGE + "Compression").getDeclaredMethod("pack", contentType, OutputStream.class);
            pack.setAccessible(true);
            InputStream bytes = new ByteArrayInputStream(new byte[1]);
            call(pack, compression, content.newInstance("app.log", 1, 0, bytes), OutputStream.nullOutputStream());
        }

        private static Object call(Method method, Object on, Object... with) throws ReflectiveOperationException {
            try {
                return method.invoke(on, with);
            } catch (InvocationTargetException failed) {
                throw new AssertionError(failed.getCause());
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                asked.add(name);
                Class<?> known = findLoadedClass(name);
                if (known != null || !name.startsWith(PACKAGE)) {
                    return known != null ? known : super.loadClass(name, resolve);
                }
                return define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            String file = "/" + name.replace('.', '/') + ".class";
            try (InputStream in = Compression.class.getResourceAsStream(file)) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }
}
