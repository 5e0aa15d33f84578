package io.github.codebuddy2api.http;

import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoint needs besides a gateway. The suppliers are asked at every use, so they must be cheap and
 * thread-safe; what they say takes effect at once, except the host and the port to listen on.
 *
 * @param options limits, deadlines and the like
 * @param password what callers have to present
 * @param settings the settings of the whole program; without it the routes for them are not served
 * @param importer reads credentials of other programs; without it none is imported
 * @param filePaths where the file behind a credential's name lies, as the owner may see it: relative to his folder
 * @param feed the last requests, which the gateway has as its listener; without it nobody can watch them
 */
public record HttpParts(
        Supplier<HttpOptions> options,
        Supplier<ServerPassword> password,
        @Nullable SettingsAccess settings,
        @Nullable CredentialImporter importer,
        UnaryOperator<String> filePaths,
        @Nullable RequestFeed feed) {
    public HttpParts {
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(filePaths, "filePaths");
    }

    /** Without settings and import; a credential's file is called by its name. */
    public static HttpParts of(Supplier<HttpOptions> options, Supplier<ServerPassword> password) {
        return new HttpParts(options, password, null, null, UnaryOperator.identity(), null);
    }

    /** The same with the settings of the whole program. */
    public HttpParts with(SettingsAccess access) {
        return new HttpParts(options, password, access, importer, filePaths, feed);
    }

    /** The same with a reader of other programs' credentials. */
    public HttpParts with(CredentialImporter reader) {
        return new HttpParts(options, password, settings, reader, filePaths, feed);
    }

    /** The same with the last requests. */
    public HttpParts with(RequestFeed requests) {
        return new HttpParts(options, password, settings, importer, filePaths, requests);
    }

    /** The same with other paths of files. */
    public HttpParts withFilePaths(UnaryOperator<String> paths) {
        return new HttpParts(options, password, settings, importer, paths, feed);
    }
}
