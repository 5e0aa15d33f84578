package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.Cancelled;
import io.github.codebuddy2api.core.GatewayException.ShuttingDown;
import io.github.codebuddy2api.core.GatewayException.TooManyLogins;
import io.github.codebuddy2api.core.api.Logins;
import io.github.codebuddy2api.core.engine.OpenLogin.Phase;
import io.github.codebuddy2api.core.login.LoginId;
import io.github.codebuddy2api.core.login.LoginProgress;
import io.github.codebuddy2api.core.login.LoginStep;
import io.github.codebuddy2api.core.login.StartedLogin;
import io.github.codebuddy2api.core.settings.LoginLimits;
import io.github.codebuddy2api.core.spi.LoginProvider;
import io.github.codebuddy2api.core.spi.SettingsSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Leads logins from their start to a stored credential. Whoever polls asks the upstream himself, one at a time per
 * login. Once tokens are here they are never lost: if the lifetime ends before the upstream has said everything, what is
 * known is stored. Thread-safe.
 */
final class LoginService implements Logins, Chore, AutoCloseable {
    /** What callers are told to wait between two questions (protocol sheet, 2.3). */
    static final Duration INTERVAL = Duration.ofSeconds(5);
    /** Who asks sooner than this after the last question is told to wait. */
    static final Duration MIN_GAP = Duration.ofSeconds(1);
    /** One poll asks at most as often as there are steps. */
    static final int MAX_QUESTIONS = 3;

    private static final int ID_BYTES = 32;

    private final LoginProvider provider;
    private final Receipts receipts;
    private final SettingsSource settings;
    private final Engine.Surroundings surroundings;
    private final OpenLogins logins = new OpenLogins();

    LoginService(LoginProvider provider, Shelf shelf, SettingsSource settings, Engine.Surroundings surroundings) {
        this.provider = provider;
        this.receipts = new Receipts(shelf, surroundings.listener());
        this.settings = settings;
        this.surroundings = surroundings;
    }

    @Override
    public StartedLogin start() {
        settle();
        LoginLimits limits = settings.current().logins();
        long until = now() + limits.lifetime().toNanos();
        Optional<Duration> full = logins.reserve(limits.maxPending(), now(), until);
        if (full.isPresent()) {
            throw new TooManyLogins(full.get());
        }
        Instant end = surroundings.time().instant().plus(limits.lifetime());
        LoginStep.AwaitingPerson step = startOrFree(until);
        OpenLogin login = new OpenLogin(newId(), step, until);
        logins.add(login);
        return new StartedLogin(login.id(), step.page(), end, INTERVAL);
    }

    private LoginStep.AwaitingPerson startOrFree(long until) {
        boolean started = false;
        try {
            LoginStep.AwaitingPerson step = provider.start();
            started = true;
            return step;
        } finally {
            if (!started) {
                logins.free(until);
            }
        }
    }

    private long now() {
        return surroundings.time().nanoTime();
    }

    private LoginId newId() {
        byte[] bytes = new byte[ID_BYTES];
        surroundings.random().nextBytes(bytes);
        return new LoginId(HexFormat.of().formatHex(bytes));
    }

    @Override
    public LoginProgress poll(LoginId id) {
        OpenLogins.Turn turn = logins.takeTurn(id, now(), MIN_GAP);
        return switch (turn) {
            case OpenLogins.Turn.Told told -> told.progress();
            case OpenLogins.Turn.Taken taken -> advanceInTurn(taken.login());
        };
    }

    private LoginProgress advanceInTurn(OpenLogin login) {
        try {
            return advance(login);
        } finally {
            logins.giveTurnBack(login);
            if (logins.isClosed()) {
                settle(); // The end of the gateway passed over it, because it was busy.
            }
        }
    }

    /** Only who has the turn changes the phase, so it can be looked at without a lock here. */
    private LoginProgress advance(OpenLogin login) {
        if (login.phase() instanceof Phase.Asking asking && !login.isOverdue(now())) {
            return ask(login, asking.step(), MAX_QUESTIONS);
        }
        Optional<LoginStep.Complete> gain = login.gain();
        return gain.isPresent() ? store(login, gain.get()) : over(login, new LoginProgress.TimedOut());
    }

    private LoginProgress ask(OpenLogin login, LoginStep.Pending step, int questions) {
        LoginStep next;
        try {
            next = provider.advance(step);
        } catch (Cancelled | ShuttingDown ended) {
            throw ended;
        } catch (GatewayException trouble) {
            return new LoginProgress.Disturbed(trouble.getMessage());
        }
        return switch (next) {
            case LoginStep.Refused refused -> over(login, new LoginProgress.Refused(refused.reason()));
            case LoginStep.Complete complete -> store(login, complete);
            case LoginStep.Pending pending ->
                pending.equals(step) ? progress(step) : askOn(login, pending, questions - 1);
        };
    }

    /** A step that led on is kept, and may lead on at once. */
    private LoginProgress askOn(OpenLogin login, LoginStep.Pending step, int questions) {
        if (!logins.enter(login, new Phase.Asking(step))) {
            return new LoginProgress.Unknown();
        }
        return questions > 0 ? ask(login, step, questions) : progress(step);
    }

    private static LoginProgress progress(LoginStep.Pending step) {
        return switch (step) {
            case LoginStep.AwaitingPerson person -> new LoginProgress.AwaitingPerson();
            case LoginStep.AwaitingAccount account -> new LoginProgress.PreparingAccount();
            case LoginStep.AwaitingChoices choices -> new LoginProgress.PreparingAccount();
        };
    }

    private LoginProgress over(OpenLogin login, LoginProgress outcome) {
        return logins.remove(login) ? outcome : new LoginProgress.Unknown();
    }

    /** From here on it cannot be given up; if storing fails, the next poll tries that again and asks nobody. */
    private LoginProgress store(OpenLogin login, LoginStep.Complete complete) {
        if (!logins.enter(login, new Phase.Storing(complete))) {
            return new LoginProgress.Unknown();
        }
        LoginProgress.LoggedIn outcome = receipts.keep(complete);
        logins.remove(login);
        return outcome;
    }

    @Override
    public boolean cancel(LoginId id) {
        return logins.cancel(id);
    }

    @Override
    public Instant nextDue() {
        return logins.nextToSettle(now())
                .map(wait -> surroundings.time().instant().plus(wait))
                .orElse(NEVER);
    }

    /** Stores what came of logins that nobody asks for any more. */
    @Override
    public void run() {
        settle();
    }

    private void settle() {
        long now = now();
        for (OpenLogin login : logins.takeTurnsToSettle(now)) {
            try {
                LoginStep.Complete gain = login.gain().orElseThrow();
                if (logins.enter(login, new Phase.Storing(gain))) { // Not if it was given up just now.
                    logins.enter(login, new Phase.Over(receipts.keep(gain), now));
                }
            } catch (RuntimeException again) {
                // It stays as it is, and is tried again; whoever polls is told. The others must have their turn.
            } finally {
                logins.giveTurnBack(login);
            }
        }
    }

    /** Starts nothing more, and stores what there is. */
    @Override
    public void close() {
        logins.close();
        settle();
    }
}
