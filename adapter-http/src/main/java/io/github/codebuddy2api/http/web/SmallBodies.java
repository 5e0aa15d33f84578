package io.github.codebuddy2api.http.web;

import io.github.codebuddy2api.http.guard.Connections;
import io.github.codebuddy2api.http.json.JsonMembers;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** Reads bodies that are one small JSON object. Thread-safe. */
public final class SmallBodies {
    /** So many bodies of the largest size may be read at once. */
    private static final int AT_ONCE = 16;

    private final Connections connections;
    private final JsonBodyReader reader;
    private final BodyRoom room;

    /** A reader of bodies of at most {@code maxBytes}. */
    public SmallBodies(Connections connections, int maxBytes) {
        this.connections = connections;
        this.reader = new JsonBodyReader(() -> maxBytes);
        this.room = new BodyRoom(() -> maxBytes * AT_ONCE);
    }

    /**
     * The members of the object in the body.
     *
     * @throws io.github.codebuddy2api.core.GatewayException.InvalidRequest if it is no JSON object
     * @throws io.github.codebuddy2api.http.error.HttpFailure if it cannot be read
     */
    public JsonMembers members(ServerRequest request, ServerResponse response) {
        try (BodyRoom.Share share = room.share()) {
            return JsonMembers.of(reader.read(request, response, connections.current(), share));
        }
    }
}
