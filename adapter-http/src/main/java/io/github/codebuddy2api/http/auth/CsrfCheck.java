package io.github.codebuddy2api.http.auth;

import io.github.codebuddy2api.http.error.HttpFailure;
import io.github.codebuddy2api.http.error.OpenAiError;
import io.github.codebuddy2api.http.web.OwnSite;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;

/**
 * Tells what the admin page sends from what another page makes a browser send: a browser adds the cookie to both. Needed
 * wherever the cookie counts, and nowhere else.
 */
final class CsrfCheck {
    private static final HeaderName REQUESTED_BY = HeaderNames.create("X-Requested-By");

    /** A page of another origin can send such a header only if we allow it to. */
    private static final List<String> ADMIN_PAGE = List.of("admin-page");

    private CsrfCheck() {}

    /**
     * Lets {@code request} pass.
     *
     * @param changes whether it has an effect
     * @throws HttpFailure if it does not come from the admin page
     */
    static void require(ServerRequest request, boolean changes) {
        if (!isFromThePage(request, changes)) {
            throw new HttpFailure(OpenAiError.of(
                    403,
                    OpenAiError.PERMISSION,
                    "csrf_check_failed",
                    "With a session only the admin page may ask for this."));
        }
    }

    /** Whether it does. */
    static boolean isFromThePage(ServerRequest request, boolean changes) {
        return OwnSite.isFetchedBySameOrigin(request)
                && !OwnSite.isFromForeignPage(request)
                && (!changes || request.headers().all(REQUESTED_BY, List::of).equals(ADMIN_PAGE));
    }
}
