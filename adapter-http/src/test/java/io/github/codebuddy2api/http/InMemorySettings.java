package io.github.codebuddy2api.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings in memory, under the rules of their port. Not for several threads at once. */
final class InMemorySettings implements SettingsAccess {
    static final String MASK = "********";

    final Map<String, String> texts = new LinkedHashMap<>();
    private final List<Map<String, String>> before = new ArrayList<>();
    private int version = 1;

    InMemorySettings() {
        texts.put("CODEBUDDY_PORT", "8001");
        texts.put("CODEBUDDY_PASSWORD", MASK);
        texts.put("CODEBUDDY_MODELS", "glm-5.2,kimi");
        texts.put("CODEBUDDY_SSL_VERIFY", "true");
        texts.put("CODEBUDDY_LOG_LEVEL", "INFO");
        texts.put("KEYWORD_RULES", "[{\"from\":\"a\",\"to\":\"b\"}]");
    }

    @Override
    public List<Setting> all() {
        return List.of(
                setting("CODEBUDDY_PORT", Type.INTEGER, true, true),
                setting("CODEBUDDY_PASSWORD", Type.SECRET, false, false),
                setting("CODEBUDDY_MODELS", Type.LIST, false, false),
                setting("CODEBUDDY_SSL_VERIFY", Type.FLAG, false, false),
                setting("CODEBUDDY_LOG_LEVEL", Type.CHOICE, false, false),
                setting("KEYWORD_RULES", Type.RULES, false, false));
    }

    private static Setting setting(String name, Type type, boolean restart, boolean sensitive) {
        List<String> options = type == Type.CHOICE ? List.of("INFO", "DEBUG") : List.of();
        Range range = type == Type.INTEGER ? new Range(1, 65_535) : null;
        return new Setting(name, "Label of " + name, Group.SERVER, type, range, restart, sensitive, options, "", "");
    }

    @Override
    public Snapshot current() {
        return new Snapshot(
                texts, "v" + version, List.of(), List.of(), List.of("server.prot -> did you mean server.port?"));
    }

    @Override
    public String file() {
        return "config/config.yaml";
    }

    @Override
    public Outcome change(Map<String, String> wanted, Optional<String> expected) {
        if (expected.isPresent() && !expected.get().equals("v" + version)) {
            return new Outcome.Stale();
        }
        Map<String, String> known = new LinkedHashMap<>(wanted);
        known.keySet().retainAll(texts.keySet());
        if (known.containsKey("CODEBUDDY_PORT") && !known.get("CODEBUDDY_PORT").equals(texts.get("CODEBUDDY_PORT"))) {
            return new Outcome.ReadOnly(List.of("CODEBUDDY_PORT"));
        }
        if (!List.of("INFO", "DEBUG").contains(known.getOrDefault("CODEBUDDY_LOG_LEVEL", "INFO"))) {
            return new Outcome.Invalid(List.of(new Problem("CODEBUDDY_LOG_LEVEL", "Write INFO or DEBUG.")));
        }
        before.addFirst(new LinkedHashMap<>(texts));
        texts.putAll(known);
        version++;
        return new Outcome.Changed(
                "v" + version,
                List.of(),
                wanted.keySet().stream()
                        .filter(name -> !texts.containsKey(name))
                        .toList());
    }

    @Override
    public List<Backup> history() {
        List<Backup> backups = new ArrayList<>();
        for (int i = 1; i <= before.size(); i++) {
            backups.add(new Backup(i, Instant.ofEpochSecond(1000 - i)));
        }
        return backups;
    }

    @Override
    public Comparison compare(int number) {
        if (number < 1 || number > before.size()) {
            return new Comparison.NoSuchBackup();
        }
        Map<String, String> old = before.get(number - 1);
        if (old.containsValue("")) {
            return new Comparison.Unusable(List.of(new Problem("CODEBUDDY_MODELS", "Write something.")));
        }
        return new Comparison.Changes(
                history().get(number - 1),
                texts.entrySet().stream()
                        .filter(now -> !now.getValue().equals(old.get(now.getKey())))
                        .map(now -> new Change(now.getKey(), now.getValue(), old.get(now.getKey())))
                        .toList());
    }

    @Override
    public Outcome restore(int number, Optional<String> expected) {
        if (number < 1 || number > before.size()) {
            return new Outcome.NoSuchBackup();
        }
        return change(before.get(number - 1), expected);
    }
}
