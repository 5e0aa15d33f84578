package io.github.codebuddy2api.frontend;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The admin page, as the build left it in this jar. Thread-safe. */
public final class AdminPage {
    private static final String ROOT = "page/";
    private static final String LIST = "files.txt";

    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");

    private AdminPage() {}

    /**
     * A file of the page. The arrays are shared: nobody may write into them.
     *
     * @param mediaType its {@code Content-Type}
     * @param content as it is
     * @param gzip packed; null if that is not worth it
     * @param brotli packed better; null if that is not worth it
     */
    @SuppressWarnings("ArrayRecordComponent") // Served as they are; never compared.
    public record File(String mediaType, byte[] content, byte @Nullable [] gzip, byte @Nullable [] brotli) {
        public File {
            Objects.requireNonNull(mediaType, "mediaType");
            Objects.requireNonNull(content, "content");
        }

        @Override
        public String toString() {
            return "File[" + mediaType + ", " + content.length + " bytes]";
        }
    }

    /**
     * Reads the whole page, by path from the root of the site: {@code /index.html}, {@code /assets/index-1a2b3c4d.js}.
     *
     * @throws UncheckedIOException if the jar is damaged
     */
    public static Map<String, File> files() {
        Map<String, File> files = new LinkedHashMap<>();
        new String(read(LIST), StandardCharsets.UTF_8).lines().forEach(name -> files.put("/" + name, file(name)));
        return files;
    }

    private static File file(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1);
        return new File(
                MEDIA_TYPES.getOrDefault(extension, "application/octet-stream"),
                read(name),
                readIfThere(name + ".gz"),
                readIfThere(name + ".br"));
    }

    private static byte[] read(String name) {
        byte[] content = readIfThere(name);
        if (content == null) {
            throw new UncheckedIOException(new IOException("the page lacks its file " + name));
        }
        return content;
    }

    private static byte @Nullable [] readIfThere(String name) {
        try (InputStream file = AdminPage.class.getResourceAsStream(ROOT + name)) {
            return file == null ? null : file.readAllBytes();
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }
}
