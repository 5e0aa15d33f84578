package io.github.codebuddy2api.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.GatewayException.InvalidRequest;

/** Any bytes as the body of a request for an answer: read, or refused in words. */
public final class FuzzedChatRequest {
    private FuzzedChatRequest() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            ChatCall call = ChatRequestReader.read(input);
            assertThat(call.request().model()).isNotBlank();
            assertThat(call.request().messages()).isNotEmpty();
        } catch (InvalidRequest inWords) {
            assertThat(inWords.getMessage()).isNotBlank();
        }
    }
}
