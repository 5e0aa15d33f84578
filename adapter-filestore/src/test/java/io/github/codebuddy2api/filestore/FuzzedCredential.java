package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.filestore.CredentialJson.NotCredential;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Any bytes as a credential's file, stored or imported: read or refused in words, and a rewrite reads back the same. */
public final class FuzzedCredential {
    private static final Instant NOW = Instant.parse("2026-08-10T00:00:00Z");
    private static final CredentialId ID = new CredentialId("fuzzed");

    private FuzzedCredential() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) throws NotCredential {
        CredentialJson json = new CredentialJson();
        try {
            ObjectNode file = json.read(input);
            Credential credential = CredentialShape.read(ID, "fuzzed.json", file);
            ObjectNode rewritten = CredentialRewrite.rewritten(file, credential, credential, NOW);
            assertThat(CredentialShape.read(ID, "fuzzed.json", json.read(json.write(rewritten, Map.of())))
                            .account())
                    .isEqualTo(credential.account());
        } catch (NotCredential inWords) {
            assertThat(inWords.getMessage()).isNotBlank();
        }
        try {
            CredentialImport.read("fuzzed.info", input, CredentialImport.Part.ALL_TOKENS);
        } catch (InvalidRequest inWords) {
            assertThat(inWords.getMessage()).isNotBlank();
        }
    }
}
