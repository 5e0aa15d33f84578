package io.github.codebuddy2api.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

final class KnownSecretsTest {
    private final KnownSecrets secrets = new KnownSecrets();

    @Test
    void nothing_is_hidden_while_nothing_is_known() {
        String text = "tangerine";

        assertThat(secrets.hide(text)).isSameAs(text);
    }

    @Test
    void a_known_secret_is_hidden_wherever_it_stands() {
        secrets.learn(Secret.of("tangerine"));

        assertThat(secrets.hide("tangerine")).isEqualTo("***");
        assertThat(secrets.hide("a tangerine, xtangerinetangerine")).isEqualTo("a ***, x******");
        assertThat(secrets.hide("tangerin angerine")).isEqualTo("tangerin angerine");
    }

    @Test
    void the_longest_of_two_with_one_end_is_hidden() {
        secrets.learn(Secret.of("tangerine"), null, Secret.of("a-tangerine"));

        assertThat(secrets.hide("my a-tangerine")).isEqualTo("my ***");
        assertThat(secrets.hide("my tangerine")).isEqualTo("my ***");
    }

    @Test
    void a_short_secret_is_not_looked_for_in_ordinary_words() {
        secrets.learn(Secret.of("account"), Secret.of("pw"));

        assertThat(secrets.hide("2 accounts, pw")).isEqualTo("2 accounts, pw");
    }

    @Test
    void two_ends_with_the_same_hash_are_told_apart() {
        secrets.learn(Secret.of("xxxxxxAa"), Secret.of("xxxxxxBB"));

        assertThat(secrets.hide("xxxxxxAa xxxxxxBB xxxxxxAA")).isEqualTo("*** *** xxxxxxAA");
    }

    @Test
    void the_newest_are_kept_when_there_are_too_many() {
        List<Secret> many = new ArrayList<>();
        for (int i = 0; i <= KnownSecrets.MAX_SECRETS; i++) {
            many.add(Secret.of("secret-%08d".formatted(i)));
        }
        secrets.learn(many);

        assertThat(secrets.hide("secret-00000000 secret-00000001")).isEqualTo("secret-00000000 ***");
    }

    @Test
    void a_secret_that_is_learned_again_is_not_the_oldest_any_more() {
        List<Secret> many = new ArrayList<>();
        for (int i = 0; i < KnownSecrets.MAX_SECRETS; i++) {
            many.add(Secret.of("secret-%08d".formatted(i)));
        }
        secrets.learn(many);
        secrets.learn(many.getFirst());
        secrets.learn(Secret.of("one-more-secret"));

        assertThat(secrets.hide("secret-00000000 secret-00000001")).isEqualTo("*** secret-00000001");
    }

    @RepeatedTest(50)
    void what_is_found_is_what_a_plain_search_finds(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        String secret = word(random, 8 + random.nextInt(3));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            text.append(random.nextInt(4) == 0 ? secret : word(random, random.nextInt(6)))
                    .append(random.nextBoolean() ? " " : "");
        }
        secrets.learn(Secret.of(secret));

        assertThat(secrets.hide(text.toString()))
                .as("seed %d", run.getCurrentRepetition())
                .doesNotContain(secret)
                .isEqualTo(text.toString().replace(secret, "***"));
    }

    /** Of three letters, so that beginnings of the secret are frequent. */
    private static String word(Random random, int length) {
        return random.ints(length, 'a', 'd')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
