package io.github.codebuddy2api.filestore;

import static io.github.codebuddy2api.filestore.CredentialFilesBench.NOW;
import static io.github.codebuddy2api.filestore.CredentialFilesBench.loggedIn;
import static io.github.codebuddy2api.filestore.CredentialFilesBench.refreshed;
import static io.github.codebuddy2api.filestore.CredentialFilesBench.token;
import static io.github.codebuddy2api.filestore.CredentialFilesBench.typedIn;

import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialLabel;
import io.github.codebuddy2api.core.credential.RotationState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One of each kind of change to a directory of three credentials, of which one is in the trash. */
enum CredentialSave {
    ADD {
        @Override
        void run(Desk desk) {
            desk.files.add(typedIn("added", null));
        }

        @Override
        Set<String> after() {
            return Set.of("state 0", "a", "old", "added");
        }
    },
    LOG_IN {
        @Override
        void run(Desk desk) {
            desk.files.add(loggedIn("added"));
        }

        @Override
        Set<String> after() {
            return Set.of("state 0", "a", "old", "added");
        }
    },
    REPLACE {
        @Override
        void run(Desk desk) {
            desk.files.replace(refreshed(desk.stored(), "new", NOW.plusSeconds(1)));
        }

        @Override
        Set<String> after() {
            return Set.of("state 0", "a", "new");
        }
    },
    RENAME {
        @Override
        void run(Desk desk) {
            desk.files.rename(desk.stored().id(), new CredentialLabel("Work"));
        }

        @Override
        Set<String> after() {
            return Set.of("state 0", "a", "old", "label Work");
        }
    },
    DELETE {
        @Override
        void run(Desk desk) {
            desk.files.delete(desk.stored().id());
        }

        @Override
        Set<String> after() {
            return Set.of("state 0", "a");
        }
    },
    RESTORE {
        @Override
        void run(Desk desk) {
            desk.files.restore(Desk.DELETED);
        }

        @Override
        Set<String> after() {
            return Set.of("state 0", "a", "old", "deleted");
        }
    },
    NOTE {
        @Override
        void run(Desk desk) {
            desk.files.noteRefresh(desk.stored().id());
        }

        @Override
        Set<String> after() {
            return Set.of("state 0", "a", "old", "unfinished");
        }
    },
    STATE {
        @Override
        void run(Desk desk) {
            desk.rotation.save(new RotationState(false, null, desk.stored().id(), Set.of()));
        }

        @Override
        Set<String> after() {
            return Set.of("state 1", "a", "old");
        }
    };

    /** What can be seen before. */
    static final Set<String> BEFORE = Set.of("state 0", "a", "old");

    abstract void run(Desk desk);

    /** What can be seen after it. */
    abstract Set<String> after();

    /** The directory, opened through a disk. */
    static final class Desk {
        static final CredentialId DELETED = new CredentialId(CredentialDirectory.id("deleted.json"));
        private static final CredentialId STORED = new CredentialId(CredentialDirectory.id("stored.json"));

        final CredentialFilesBench bench;
        final CredentialFiles files;
        final RotationFile rotation;

        Desk(CredentialFilesBench bench, Disk disk) {
            this.bench = bench;
            this.files = bench.files(disk);
            this.rotation = new RotationFile(() -> bench.directory, files, bench.time, warning -> {}, disk);
        }

        /** A directory as every kind of change expects it. */
        static CredentialFilesBench bench(Path home, Disk disk) throws IOException {
            CredentialFilesBench bench = CredentialFilesBench.in(home);
            bench.put("a.json", token("a"));
            bench.put("deleted.json", token("deleted"));
            bench.put("stored.json", """
                    {"bearer_token": "old", "refresh_token": "old-r", "more": [1.50],
                     "full_response": {"access_token": "old", "filler": "%s"}}""".formatted("x".repeat(500)));
            Desk desk = new Desk(bench, disk);
            desk.files.delete(DELETED);
            desk.rotation.save(RotationState.INITIAL);
            return bench;
        }

        Credential stored() {
            return files.all().stream()
                    .filter(credential -> credential.id().equals(STORED))
                    .findFirst()
                    .orElseThrow();
        }

        /** Tokens, labels, unfinished refreshes and the state, as words. */
        Set<String> seen() {
            Set<String> seen = new TreeSet<>(CredentialFilesBench.tokens(files));
            files.all().stream()
                    .flatMap(credential -> Stream.ofNullable(credential.label()))
                    .forEach(label -> seen.add("label " + label.value()));
            if (!files.unfinishedRefreshes().isEmpty()) {
                seen.add("unfinished");
            }
            RotationState state = rotation.load();
            seen.add(state.equals(RotationState.INITIAL) ? "state 0" : state.rotating() ? "neither" : "state 1");
            return seen;
        }

        List<SkippedFile> skipped() {
            return files.skipped();
        }
    }
}
