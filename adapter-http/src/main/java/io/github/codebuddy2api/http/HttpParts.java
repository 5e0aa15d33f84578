package io.github.codebuddy2api.http;

import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoint needs besides a gateway. The suppliers are asked at every use, so they must be cheap and
 * thread-safe; what they say takes effect at once, except the host and the port to listen on.
 *
 * @param options limits, deadlines and the like
 * @param password what callers have to present: the same object as long as it is the same password, since whatever began
 *     with another object is over, sessions for one
 * @param settings the settings of the whole program; without it the routes for them are not served
 * @param importer reads credentials of other programs; without it none is imported
 * @param filePaths where the file behind a credential's name lies, as the owner may see it: relative to his folder
 * @param pages the files of the admin page by path, such as {@code /assets/index.js}; {@value #INDEX} is the page
 *     itself, served as {@code /} and {@code /admin}. Empty if there is no page
 * @param version of the program, told to its owner alone
 * @param feed the last requests, which the gateway has as its listener; without it nobody can watch them
 */
public record HttpParts(
        Supplier<HttpOptions> options,
        Supplier<ServerPassword> password,
        @Nullable SettingsAccess settings,
        @Nullable CredentialImporter importer,
        UnaryOperator<String> filePaths,
        Map<String, PageFile> pages,
        @Nullable String version,
        @Nullable RequestFeed feed) {
    /** The one page file that must be there if any is. */
    public static final String INDEX = "/index.html";

    public HttpParts {
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(filePaths, "filePaths");
        pages = Map.copyOf(pages);
        if (!pages.isEmpty() && !pages.containsKey(INDEX)) {
            throw new IllegalArgumentException("the page's files lack " + INDEX);
        }
    }

    /** Without settings, import and page; a credential's file is called by its name. */
    public static HttpParts of(Supplier<HttpOptions> options, Supplier<ServerPassword> password) {
        return new HttpParts(options, password, null, null, UnaryOperator.identity(), Map.of(), null, null);
    }

    /** The same with the settings of the whole program. */
    public HttpParts with(SettingsAccess access) {
        return new HttpParts(options, password, access, importer, filePaths, pages, version, feed);
    }

    /** The same with a reader of other programs' credentials. */
    public HttpParts with(CredentialImporter reader) {
        return new HttpParts(options, password, settings, reader, filePaths, pages, version, feed);
    }

    /** The same with the last requests. */
    public HttpParts with(RequestFeed requests) {
        return new HttpParts(options, password, settings, importer, filePaths, pages, version, requests);
    }

    /** The same with other paths of files. */
    public HttpParts withFilePaths(UnaryOperator<String> paths) {
        return new HttpParts(options, password, settings, importer, paths, pages, version, feed);
    }

    /** The same with the files of the admin page. */
    public HttpParts with(Map<String, PageFile> files) {
        return new HttpParts(options, password, settings, importer, filePaths, files, version, feed);
    }

    /** The same with the program's version. */
    public HttpParts withVersion(String current) {
        return new HttpParts(options, password, settings, importer, filePaths, pages, current, feed);
    }
}
