package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayEvent;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.NewCredential;
import io.github.codebuddy2api.core.login.LoginProgress.LoggedIn;
import io.github.codebuddy2api.core.login.LoginStep;
import io.github.codebuddy2api.core.spi.EventListener;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Stores what logins yield: one credential per account, which keeps its id when it logs in again. Thread-safe. */
final class Receipts {
    private final Shelf shelf;
    private final EventListener listener;
    // The single writer: held while a credential is stored, or two logins of one account would make two credentials.
    private final ReentrantLock writing = new ReentrantLock();

    Receipts(Shelf shelf, EventListener listener) {
        this.shelf = shelf;
        this.listener = listener;
    }

    /**
     * Stores it.
     *
     * @throws io.github.codebuddy2api.core.GatewayException.StoreFailed if it could not be stored
     */
    LoggedIn keep(LoginStep.Complete login) {
        boolean interrupted = Thread.interrupted(); // It would break the writing, and these tokens are told once.
        CredentialId id;
        try {
            id = store(login);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        Events.report(listener, new GatewayEvent.LoggedIn(id));
        return new LoggedIn(id, login.account(), login.choices());
    }

    private CredentialId store(LoginStep.Complete login) {
        writing.lock();
        try {
            Optional<Credential> known = shelf.all().stream()
                    .filter(credential -> credential.account().isSameAs(login.account()))
                    .findFirst();
            if (known.isPresent()
                    && shelf.replace(known.get().with(login.tokens()).with(login.account()))) {
                return known.get().id();
            }
            NewCredential added = new NewCredential(login.tokens(), login.account(), NewCredential.Origin.LOGIN, null);
            return shelf.add(added);
        } finally {
            writing.unlock();
        }
    }
}
