package io.github.codebuddy2api.http.page;

import io.github.codebuddy2api.http.PageFile;
import io.github.codebuddy2api.http.web.Bodies;
import io.github.codebuddy2api.http.web.Headers;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Answers with one file in the best form its reader takes, or with 304 if he has it. Immutable. */
final class PageFileHandler implements Handler {
    private static final String NAMED_AFTER_THEIR_CONTENT = "/assets/";
    private static final Header FOR_GOOD =
            HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "public, max-age=31536000, immutable");
    private static final Header ASK_AGAIN = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-cache");
    /** A stored page would ask for files of a version that is gone. */
    private static final Header NOT_STORED = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");

    private static final int TAG_BYTES = 16;

    private final Header mediaType;
    private final Header cacheControl;
    private final boolean isDocument;
    private final List<Form> forms;
    private final Form plain;

    /** One encoding of the file; a strong tag stands for its bytes, so each has its own. */
    @SuppressWarnings("ArrayRecordComponent") // Two forms are never compared.
    private record Form(@Nullable String coding, Header tag, byte[] bytes) {}

    PageFileHandler(String path, PageFile file) {
        this.mediaType = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, file.mediaType());
        this.isDocument = file.mediaType().toLowerCase(Locale.ROOT).startsWith("text/html");
        this.cacheControl = isDocument ? NOT_STORED : path.startsWith(NAMED_AFTER_THEIR_CONTENT) ? FOR_GOOD : ASK_AGAIN;
        this.plain = form(null, file.content());
        byte[] brotli = file.brotli();
        byte[] gzip = file.gzip();
        this.forms =
                List.of(brotli == null ? plain : form("br", brotli), gzip == null ? plain : form("gzip", gzip), plain);
    }

    private static Form form(@Nullable String coding, byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            String tag = Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, TAG_BYTES));
            return new Form(coding, HeaderValues.createCached(HeaderNames.ETAG, "\"" + tag + "\""), bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        Form form = form(AcceptedCodings.of(request));
        ServerResponseHeaders headers = response.headers();
        headers.set(form.tag());
        headers.set(cacheControl);
        headers.add(HeaderNames.VARY, "Accept-Encoding");
        if (isDocument) {
            Headers.page(headers);
        }
        if (isKnown(request, form.tag().get())) {
            response.status(Status.NOT_MODIFIED_304).send();
            return;
        }
        headers.set(mediaType);
        if (form.coding() != null) {
            headers.set(HeaderNames.CONTENT_ENCODING, form.coding());
        }
        Bodies.send(request, response, form.bytes());
    }

    private Form form(AcceptedCodings accepted) {
        for (Form form : forms) {
            if (form.coding() != null && accepted.include(form.coding())) {
                return form;
            }
        }
        return plain;
    }

    /** A proxy may have made the tag a weak one, which is as good for a file that is sent whole. */
    private static boolean isKnown(ServerRequest request, String tag) {
        for (String line : request.headers().all(HeaderNames.IF_NONE_MATCH, List::of)) {
            for (String known : line.split(",", -1)) {
                String text = known.strip();
                if (text.equals("*") || text.equals(tag) || text.equals("W/" + tag)) {
                    return true;
                }
            }
        }
        return false;
    }
}
