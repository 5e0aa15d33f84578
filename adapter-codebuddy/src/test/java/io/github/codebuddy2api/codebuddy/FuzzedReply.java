package io.github.codebuddy2api.codebuddy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.credential.Account;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Any bytes as the upstream's reply to a login, a refresh and every other call besides chat. */
public final class FuzzedReply {
    private static final Instant NOW = Instant.parse("2026-08-10T00:00:00Z");

    private FuzzedReply() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        Reply reply = Reply.of(200, new String(input, StandardCharsets.ISO_8859_1), input);
        assertThat(reply.code()).isNotNull();
        assertThat(reply.message()).isNotNull();
        inWords(() -> TokenReply.of(reply.data(), NOW).account());
        inWords(() -> AccountReply.of(reply.data(), Account.UNKNOWN));
        inWords(() -> AccountReply.usable(reply.data(), Account.UNKNOWN));
        inWords(() -> QuotaReply.ofPerson(reply.data(), NOW));
        inWords(() -> QuotaReply.ofEnterprise(reply.data(), NOW));
        inWords(() -> new ModelsReply(reply.data()).models());
        RetryTimes.ofHeader(reply.retryAfter(), NOW);
        RetryTimes.inText(new String(input, StandardCharsets.UTF_8), NOW);
    }

    private static void inWords(Runnable reading) {
        try {
            reading.run();
        } catch (GatewayException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }
}
