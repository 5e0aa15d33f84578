package io.github.codebuddy2api.core.credential;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The person or organisation at the upstream. All members are as the upstream gave them and any may be unknown; none is
 * printed, because they are personal.
 *
 * @param uid the upstream's own id of the account
 * @param userId the user as the credential's file names it; in old files an e-mail address
 * @param email the e-mail address, for display
 * @param name the name or nickname, for display
 * @param domain the site the credential belongs to, such as {@code www.codebuddy.cn} (protocol sheet, 1.3)
 * @param enterpriseId the enterprise it is billed to; absent for a personal account
 * @param enterpriseName the enterprise's name, for display
 * @param departmentFullName the department's full path within the enterprise
 */
public record Account(
        @Nullable String uid,
        @Nullable String userId,
        @Nullable String email,
        @Nullable String name,
        @Nullable String domain,
        @Nullable String enterpriseId,
        @Nullable String enterpriseName,
        @Nullable String departmentFullName) {
    /** An account of which nothing is known. */
    public static final Account UNKNOWN = new Account(null, null, null, null, null, null, null, null);

    /** The enterprise it is billed to; empty for a personal account. */
    public Optional<String> enterprise() {
        return Optional.ofNullable(enterpriseId);
    }

    /** Whether it is the same account as {@code other}: the same user, billed to the same enterprise. */
    public boolean isSameAs(Account other) {
        return uid != null && uid.equals(other.uid) && enterprise().equals(other.enterprise());
    }

    @Override
    public String toString() {
        return enterpriseId == null ? "Account[personal]" : "Account[enterprise]";
    }
}
