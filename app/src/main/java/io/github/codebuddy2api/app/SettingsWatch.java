package io.github.codebuddy2api.app;

import io.github.codebuddy2api.filestore.ConfigProblem;
import io.github.codebuddy2api.filestore.ConfigWatch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at {@code config.yaml} once a second and puts in force what a person has saved there. Nothing but closing ends
 * its thread.
 */
final class SettingsWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsWatch.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration END = Duration.ofSeconds(5);

    private final Supplier<ConfigWatch.Outcome> look;
    private final Supplier<List<String>> waiting;
    private final Runnable update;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("settings-watch").daemon().unstarted(this::run);
    private String trouble = "";

    /**
     * Watches once it is started.
     *
     * @param look finds out whether the file has changed
     * @param waiting the flat names of the settings that wait for the next start
     * @param update puts what the file says in force
     */
    SettingsWatch(Supplier<ConfigWatch.Outcome> look, Supplier<List<String>> waiting, Runnable update) {
        this.look = look;
        this.waiting = waiting;
        this.update = update;
    }

    /** Begins to look. */
    SettingsWatch start() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            while (!closed.await(BETWEEN_LOOKS.toNanos(), TimeUnit.NANOSECONDS)) {
                lookOnce();
            }
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever goes wrong: the next look may go well. */
    void lookOnce() {
        try {
            tell(look.get());
            trouble = "";
        } catch (RuntimeException | Error unexpected) {
            String kind = unexpected.getClass().getName();
            if (!kind.equals(trouble)) {
                LOG.error("config.yaml could not be looked at; it is tried again every second", unexpected);
                trouble = kind;
            }
        }
    }

    private void tell(ConfigWatch.Outcome outcome) {
        switch (outcome) {
            case ConfigWatch.Unchanged nothing -> {}
            case ConfigWatch.Changed changed -> {
                update.run();
                LOG.info("config.yaml was saved: its settings are in force");
                changed.reading().warnings().forEach(warning -> LOG.warn("config.yaml: {}", warning));
                tellWaiting(waiting.get());
            }
            case ConfigWatch.Broken broken ->
                LOG.error(
                        "config.yaml cannot be used as it is, so the settings stay as they were: {}",
                        lines(broken.problems()));
        }
    }

    /** Says which settings a running service cannot take over, if there are any. */
    static void tellWaiting(List<String> names) {
        if (!names.isEmpty()) {
            LOG.warn("these settings take effect with the next start: {}", String.join(", ", names));
        }
    }

    static String lines(List<ConfigProblem> problems) {
        return problems.stream().map(ConfigProblem::toString).collect(Collectors.joining(" "));
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            boolean unused = thread.join(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
