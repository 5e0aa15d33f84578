package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.spi.UsageStore;
import io.github.codebuddy2api.testkit.contract.UsageStoreContract;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class UsageFileContractTest implements UsageStoreContract {
    @TempDir
    Path home;

    private final ManualTime time = new ManualTime();
    private @Nullable UsageFile last;

    @Override
    public UsageStore restarted() {
        close();
        UsageFile next = new UsageFile(home.resolve("usage"), () -> Duration.ofDays(30), time);
        last = next;
        return next;
    }

    @Override
    public Instant kept() {
        return ManualTime.START;
    }

    @AfterEach
    void close() {
        if (last != null) {
            last.close();
        }
    }
}
