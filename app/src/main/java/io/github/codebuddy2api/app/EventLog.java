package io.github.codebuddy2api.app;

import io.github.codebuddy2api.core.GatewayEvent;
import io.github.codebuddy2api.core.chat.Usage;
import io.github.codebuddy2api.core.spi.EventListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what happens to the log, one line each: ids, kinds, counts and times, never content. */
final class EventLog implements EventListener {
    private static final int MAX_MODEL_LENGTH = 64;

    private final Logger log = LoggerFactory.getLogger(EventLog.class);

    @Override
    public void on(GatewayEvent event) {
        switch (event) {
            case GatewayEvent.CredentialRefreshed e ->
                log.info(
                        "credential {} has new tokens{}",
                        e.credential(),
                        e.stored() ? "" : ", which could not be stored yet");
            case GatewayEvent.RefreshFailed e ->
                log.warn(
                        "credential {} was not refreshed ({}), {}",
                        e.credential(),
                        e.code(),
                        e.retryAt() == null ? "log it in again" : "trying again at " + e.retryAt());
            case GatewayEvent.LoggedIn e -> log.info("credential {} was logged in", e.credential());
            case GatewayEvent.CheckedIn e ->
                log.info("credential {} checked in: {}", e.credential(), e.code() == null ? "done" : e.code());
            case GatewayEvent.ModelsUnknown e ->
                log.info("the models of credential {} are not known ({})", e.credential(), e.code());
            case GatewayEvent.CredentialsChanged e ->
                log.debug("the list of credentials or what was chosen among them may have changed");
            case GatewayEvent.RequestStarted e ->
                log.debug("{} {} came{}", e.requestId(), shown(e.model()), e.streamed() ? ", streamed" : "");
            case GatewayEvent.CredentialsConsidered e ->
                log.debug("{} attempt {}: {}", e.requestId(), e.attempt(), e.considered());
            case GatewayEvent.AttemptFailed e ->
                log.info(
                        "{} attempt {} with credential {} failed: {}",
                        e.requestId(),
                        e.attempt(),
                        e.credential(),
                        e.code());
            case GatewayEvent.CredentialRested e ->
                log.warn(
                        "{} credential {} rests {}: {}",
                        e.requestId(),
                        e.credential(),
                        e.until() == null ? "until it is logged in again" : "until " + e.until(),
                        e.code());
            case GatewayEvent.CredentialRecovered e ->
                log.info("{} credential {} rests no longer: {}", e.requestId(), e.credential(), e.code());
            case GatewayEvent.AnswerStarted e ->
                log.debug(
                        "{} {} first chunk after {} ms with credential {}, attempt {}",
                        e.requestId(),
                        shown(e.model()),
                        e.timeToFirstChunk().toMillis(),
                        e.credential(),
                        e.attempts());
            case GatewayEvent.AnswerEnded e ->
                log.info(
                        "{} {} {} after {} ms with credential {}, {}",
                        e.requestId(),
                        shown(e.model()),
                        e.code() == null ? "answered" : "broke off (" + e.code() + ")",
                        e.duration().toMillis(),
                        e.credential(),
                        tokens(e.usage()));
            case GatewayEvent.RequestFailed e ->
                log.info(
                        "{} {} failed ({}) after {} ms and {} attempts",
                        e.requestId(),
                        shown(e.model()),
                        e.code(),
                        e.duration().toMillis(),
                        e.attempts());
        }
    }

    /** The model's name is whatever the caller wrote: short, and without anything that could forge a line. */
    static String shown(String model) {
        StringBuilder safe = new StringBuilder(Math.min(model.length(), MAX_MODEL_LENGTH));
        for (int i = 0; i < model.length() && i < MAX_MODEL_LENGTH; i++) {
            char c = model.charAt(i);
            safe.append(c > ' ' && c < 0x7f ? c : '?');
        }
        return safe.toString();
    }

    private static String tokens(@Nullable Usage usage) {
        return usage == null ? "tokens unknown" : usage.promptTokens() + " + " + usage.completionTokens() + " tokens";
    }
}
