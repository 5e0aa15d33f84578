package io.github.codebuddy2api.core.login;

import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.CredentialId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** What a person who logs in may know: nothing secret in it. */
public sealed interface LoginProgress {
    /** The person has not signed in yet. */
    record AwaitingPerson() implements LoginProgress {}

    /** The person has signed in; the upstream still prepares the account. */
    record PreparingAccount() implements LoginProgress {}

    /**
     * Asked too soon: nothing was asked of the upstream.
     *
     * @param pause how long to wait before asking again
     */
    record TooSoon(Duration pause) implements LoginProgress {
        public TooSoon {
            Objects.requireNonNull(pause, "pause");
        }
    }

    /**
     * The credential is stored and ready.
     *
     * @param credential names it
     * @param account whose it is
     * @param choices the accounts this person may switch to, that one usually included; may be empty
     */
    record LoggedIn(CredentialId credential, Account account, List<Account> choices) implements LoginProgress {
        public LoggedIn {
            Objects.requireNonNull(credential, "credential");
            Objects.requireNonNull(account, "account");
            choices = List.copyOf(choices);
        }
    }

    /**
     * The upstream refused it; the login is over.
     *
     * @param reason why
     */
    record Refused(LoginRefusal reason) implements LoginProgress {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * The upstream could not be asked this time; ask again.
     *
     * @param message what is wrong, for the person
     */
    record Disturbed(String message) implements LoginProgress {
        public Disturbed {
            Objects.requireNonNull(message, "message");
        }

        @Override
        public String toString() {
            return "Disturbed[]";
        }
    }

    /** Nobody signed in in time; the login is over. */
    record TimedOut() implements LoginProgress {}

    /** No login of this name is under way here: never was, or is over and was told of already. */
    record Unknown() implements LoginProgress {}
}
