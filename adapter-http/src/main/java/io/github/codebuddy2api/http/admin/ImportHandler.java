package io.github.codebuddy2api.http.admin;

import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.api.Credentials;
import io.github.codebuddy2api.core.credential.CredentialView;
import io.github.codebuddy2api.http.CredentialImporter;
import io.github.codebuddy2api.http.error.HttpFailure;
import io.github.codebuddy2api.http.error.OpenAiError;
import io.github.codebuddy2api.http.json.JsonMembers;
import io.github.codebuddy2api.http.json.JsonMembers.Value;
import io.github.codebuddy2api.http.web.Bodies;
import io.github.codebuddy2api.http.web.SmallBodies;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** {@code POST …/credentials/import}: takes a credential over from another program's file. Thread-safe. */
public final class ImportHandler implements Handler {
    private final CredentialImporter importer;
    private final Credentials credentials;
    private final CredentialsHandler credentialsHandler;
    private final SmallBodies bodies;

    public ImportHandler(
            CredentialImporter importer,
            Credentials credentials,
            CredentialsHandler credentialsHandler,
            SmallBodies bodies) {
        this.importer = importer;
        this.credentials = credentials;
        this.credentialsHandler = credentialsHandler;
        this.bodies = bodies;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        JsonMembers body = bodies.members(request, response);
        Value content = body.find("content")
                .orElseThrow(() ->
                        new HttpFailure(OpenAiError.invalid(422, "missing_required_parameter", "content is required")
                                .at("content")));
        CredentialImporter.Import found = importer.read(text(content), body.flag("access_token_only"));
        CredentialView added = credentials.add(found.credential());
        Bodies.json(request, response, json -> {
            json.text("message", "Credential imported successfully")
                    .text("id", added.id().value())
                    .text("warning", found.warning().orElse(null));
            credentialsHandler.credential(json, added.id());
        });
    }

    private static String text(Value content) {
        return switch (content) {
            case Value.Text text -> text.text();
            case Value.Members members -> members.json().text();
            case Value.Whole whole -> throw wrongType();
            case Value.Fraction fraction -> throw wrongType();
            case Value.Flag flag -> throw wrongType();
            case Value.Nothing nothing -> throw wrongType();
            case Value.Items items -> throw wrongType();
        };
    }

    private static InvalidRequest wrongType() {
        return InvalidRequest.value("content", "The content must be an object, or its text");
    }
}
