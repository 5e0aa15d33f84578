package io.github.codebuddy2api.app;

import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.CredentialView;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells the owner, and nobody else, of an account that has been stored. */
final class StoredAccount {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private StoredAccount() {}

    /** Where it is stored, what kind of account it is, and how long it can be used. */
    static String told(CredentialView stored) {
        return "Stored as %s: %s, %s."
                .formatted(Terminal.harmless(stored.name()), kind(stored.account()), life(stored.facts()));
    }

    /** The account in words, with its name if that is known. */
    static String kind(Account account) {
        String kind = account.enterprise().isPresent() ? "enterprise account" : "personal account";
        String names = Stream.of(account.name(), account.enterpriseName())
                .mapMulti((String name, java.util.function.Consumer<String> known) -> {
                    if (name != null && !name.isBlank()) {
                        known.accept(Terminal.harmless(name));
                    }
                })
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? kind : kind + " (" + names + ")";
    }

    private static String life(CredentialView.Facts facts) {
        String end = facts.expiry()
                .map(StoredAccount::moment)
                .map(text -> "good until " + text)
                .orElse("without a known end");
        return facts.refreshable() ? end + " and renewed by itself" : end;
    }

    private static String moment(Instant moment) {
        return MOMENT.format(moment.atZone(ZoneId.systemDefault()));
    }
}
