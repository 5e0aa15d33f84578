package io.github.codebuddy2api.http.feed;

import io.github.codebuddy2api.http.web.Bodies;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/** The last requests: {@code GET /api/requests}. Thread-safe. */
public final class RequestsHandler implements Handler {
    private final Feed feed;

    public RequestsHandler(Feed feed) {
        this.feed = feed;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        List<Seen> latest = feed.latest();
        Bodies.json(
                request,
                response,
                json -> json.number("now_ms", feed.now().toEpochMilli())
                        .objects("requests", latest, RequestJson::write)
                        .number("capacity", (long) Feed.CAPACITY));
    }
}
