package io.github.codebuddy2api.http.admin;

import io.github.codebuddy2api.core.api.Credentials;
import io.github.codebuddy2api.core.api.Credentials.Turn;
import io.github.codebuddy2api.core.credential.CredentialView;
import io.github.codebuddy2api.http.json.JsonObject;
import io.github.codebuddy2api.http.web.Bodies;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/** The rule that picks the next credential: {@code …/credentials/auto|toggle-rotation|current}. Thread-safe. */
public final class RotationHandler {
    private final Credentials credentials;

    public RotationHandler(Credentials credentials) {
        this.credentials = credentials;
    }

    /** {@code POST …/credentials/auto}. */
    public void auto(ServerRequest request, ServerResponse response) {
        credentials.unpin();
        Bodies.json(request, response, json -> json.text("message", "Resumed automatic credential rotation"));
    }

    /** {@code POST …/credentials/toggle-rotation}. */
    public void toggle(ServerRequest request, ServerResponse response) {
        boolean on = !credentials.turn().rotating();
        credentials.rotate(on);
        Bodies.json(
                request,
                response,
                json -> json.text("message", on ? "Auto rotation enabled" : "Auto rotation disabled")
                        .flag("auto_rotation_enabled", on));
    }

    /** {@code GET …/credentials/current}: the credential that is used next, and why. */
    public void current(ServerRequest request, ServerResponse response) {
        Turn turn = credentials.turn();
        List<CredentialView> all = credentials.list();
        int index = turn.next().map(id -> CredentialsHandler.indexOf(all, id)).orElse(-1);
        Bodies.json(request, response, json -> {
            if (index < 0) {
                json.text("status", "no_credentials");
            } else {
                current(json, turn, all.get(index), index);
            }
        });
    }

    private static void current(JsonObject json, Turn turn, CredentialView next, int index) {
        json.text("status", status(turn))
                .number("index", (long) index)
                .text("filename", next.name())
                .text("user_id", next.account().userId());
        if (turn.pinned()) {
            return;
        }
        if (turn.rotating() && turn.rotationCount() > 0) {
            json.number("usage_count", (long) turn.used());
        }
        json.number("rotation_count", (long) turn.rotationCount()).flag("auto_rotation_enabled", turn.rotating());
    }

    private static String status(Turn turn) {
        if (turn.pinned()) {
            return "manual_selected";
        }
        if (!turn.rotating()) {
            return "auto_rotation_disabled";
        }
        return turn.rotationCount() == 0 ? "rotation_count_zero" : "auto_rotation";
    }
}
