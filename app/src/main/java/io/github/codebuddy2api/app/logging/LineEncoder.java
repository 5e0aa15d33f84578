package io.github.codebuddy2api.app.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import io.github.codebuddy2api.core.spi.Time;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;

/** Makes the console show the same lines as the file. */
final class LineEncoder extends EncoderBase<ILoggingEvent> {
    private final Time time;
    private final ZoneId zone;
    private final KnownSecrets secrets;

    LineEncoder(Time time, ZoneId zone, KnownSecrets secrets) {
        this.time = time;
        this.zone = zone;
        this.secrets = secrets;
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return secrets.hide(LogLine.of(event, time.instant(), zone)).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
