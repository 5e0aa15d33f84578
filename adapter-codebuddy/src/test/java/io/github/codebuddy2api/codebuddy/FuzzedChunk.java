package io.github.codebuddy2api.codebuddy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.GatewayException;

/** Any bytes as one event of an answer, and as the body of a refusal. */
public final class FuzzedChunk {
    private FuzzedChunk() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            assertThat(Streams.parser().parse(input, 0, input.length)).isNotNull();
        } catch (GatewayException inWords) {
            assertThat(inWords.getMessage()).isNotBlank();
        }
        UpstreamFailures failures = new UpstreamFailures(new RealTime());
        for (int status : new int[] {200, 400, 401, 429, 500}) {
            assertThat(failures.ofResponse(status, null, input).getMessage()).isNotBlank();
        }
    }
}
