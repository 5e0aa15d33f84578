package io.github.codebuddy2api.core.login;

import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Tokens;
import java.net.URI;
import java.util.List;
import java.util.Objects;

/** Where a login stands at the upstream (protocol sheet, 2.1). A step once left is never gone back to. */
public sealed interface LoginStep {
    /** A step from which asking again leads on. */
    sealed interface Pending extends LoginStep {}

    /**
     * The person has not signed in yet.
     *
     * @param state the upstream's name of this login, which is as good as a password until it ends
     * @param page where the person signs in
     */
    record AwaitingPerson(Secret state, URI page) implements Pending {
        public AwaitingPerson {
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(page, "page");
        }

        @Override
        public String toString() {
            return "AwaitingPerson[]";
        }
    }

    /**
     * The tokens are here and {@code state} is spent; the upstream still prepares the account.
     *
     * @param state the upstream's name of this login
     * @param tokens what was handed out
     * @param known what the tokens tell of the account
     */
    record AwaitingAccount(Secret state, Tokens tokens, Account known) implements Pending {
        public AwaitingAccount {
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(tokens, "tokens");
            Objects.requireNonNull(known, "known");
        }
    }

    /**
     * The account is known; the list of accounts this person may switch to is not ready.
     *
     * @param tokens what was handed out
     * @param account the account they are for
     */
    record AwaitingChoices(Tokens tokens, Account account) implements Pending {
        public AwaitingChoices {
            Objects.requireNonNull(tokens, "tokens");
            Objects.requireNonNull(account, "account");
        }
    }

    /**
     * The upstream has nothing more to say.
     *
     * @param tokens what was handed out
     * @param account the account they are for
     * @param choices the accounts this person may use, that one usually included; may be empty
     */
    record Complete(Tokens tokens, Account account, List<Account> choices) implements LoginStep {
        public Complete {
            Objects.requireNonNull(tokens, "tokens");
            Objects.requireNonNull(account, "account");
            choices = List.copyOf(choices);
        }
    }

    /**
     * The upstream refused it for good.
     *
     * @param reason why
     */
    record Refused(LoginRefusal reason) implements LoginStep {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
