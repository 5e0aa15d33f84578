package io.github.codebuddy2api.http.auth;

import io.github.codebuddy2api.http.HttpOptions;
import io.github.codebuddy2api.http.error.HttpFailure;
import io.github.codebuddy2api.http.web.OwnSite;
import io.helidon.http.Header;
import io.helidon.webserver.http.ServerRequest;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** Who may log accounts in, and whose logins are to be trusted. Thread-safe. */
public final class LoginDoor {
    /** Whoever sends one of these speaks for somebody else, who may be anywhere. */
    private static final Set<String> OF_PROXIES = Set.of("forwarded", "via", "x-real-ip");

    private static final String OF_PROXIES_PREFIX = "x-forwarded-";

    private final Supplier<HttpOptions> options;
    private final OwnerCheck owner;

    public LoginDoor(Supplier<HttpOptions> options, OwnerCheck owner) {
        this.options = options;
        this.owner = owner;
    }

    /**
     * Lets {@code request} pass.
     *
     * @return whether it comes from the owner, as far as one can tell
     * @throws HttpFailure if it has to be the owner's and is not
     */
    public boolean pass(ServerRequest request) {
        return switch (options.get().access().logins()) {
            case ALWAYS -> requireOwner(request);
            case AUTO -> isLocal(request) || requireOwner(request);
            case NEVER -> isLocal(request) || isOwners(request);
        };
    }

    /** Whatever is asked here begins something, or takes a step in it. */
    private boolean requireOwner(ServerRequest request) {
        owner.requireForChange(request);
        return true;
    }

    private boolean isOwners(ServerRequest request) {
        if (!OwnerCheck.isTriedBy(request)) {
            return false;
        }
        try {
            return requireOwner(request);
        } catch (HttpFailure refused) {
            // He may do it without, and is told so by what becomes of his login.
            return false;
        }
    }

    /**
     * A proxy on this machine hides who asks, so what it passes on is not local; nor is what a page of another site asks,
     * even one that may call, since it does so without the owner.
     */
    private static boolean isLocal(ServerRequest request) {
        for (Header header : request.headers()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (OF_PROXIES.contains(name) || name.startsWith(OF_PROXIES_PREFIX)) {
                return false;
            }
        }
        return OwnSite.isLoopback(request)
                && !OwnSite.isFromForeignPage(request)
                && request.remotePeer().address() instanceof InetSocketAddress peer
                && peer.getAddress() != null
                && peer.getAddress().isLoopbackAddress();
    }
}
