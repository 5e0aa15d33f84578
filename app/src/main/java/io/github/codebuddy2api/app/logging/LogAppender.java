package io.github.codebuddy2api.app.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.github.codebuddy2api.core.spi.Time;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import org.slf4j.Logger;

/** Takes what the loggers say to the log file. */
final class LogAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private final LogFile file;
    private final Time time;
    private final ZoneId zone;
    private final KnownSecrets secrets;
    private final Logger troubles;

    /** @param troubles where the trouble of the file itself is told, which is how the console hears of it */
    LogAppender(LogFile file, Time time, ZoneId zone, KnownSecrets secrets, Logger troubles) {
        this.file = file;
        this.time = time;
        this.zone = zone;
        this.secrets = secrets;
        this.troubles = troubles;
    }

    @Override
    protected void append(ILoggingEvent event) {
        byte[] line = secrets.hide(LogLine.of(event, time.instant(), zone)).getBytes(StandardCharsets.UTF_8);
        file.write(line).ifPresent(trouble -> troubles.error(LogLine.CRITICAL, trouble));
    }
}
