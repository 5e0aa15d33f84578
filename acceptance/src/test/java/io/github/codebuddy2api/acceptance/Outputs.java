package io.github.codebuddy2api.acceptance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** All that a program has said, by kind, and what must not be in it. */
final class Outputs {
    private final Map<String, List<String>> byKind = new LinkedHashMap<>();

    void add(String kind, String text) {
        byKind.computeIfAbsent(kind, unused -> new ArrayList<>()).add(text);
    }

    /** The same for each line of {@code text}. */
    void addLines(String kind, String text) {
        text.lines().forEach(line -> add(kind, line));
    }

    int size() {
        return byKind.values().stream().mapToInt(List::size).sum();
    }

    int size(String kind) {
        return byKind.getOrDefault(kind, List.of()).size();
    }

    /** How many outputs there are of each kind. */
    String counted() {
        Map<String, Integer> counts = new TreeMap<>();
        byKind.forEach((kind, texts) -> counts.put(kind, texts.size()));
        return counts.toString().replaceAll("[{}]", "");
    }

    /** The outputs with one of {@code canaries} in them, as it is or in Base64, those of {@code kinds} left out. */
    List<String> with(List<String> canaries, String... kinds) {
        List<String> hits = new ArrayList<>();
        byKind.forEach((kind, texts) -> {
            if (!List.of(kinds).contains(kind)) {
                for (String text : texts) {
                    String lower = text.toLowerCase(Locale.ROOT);
                    for (String canary : canaries) {
                        if (lower.contains(canary.toLowerCase(Locale.ROOT)) || text.contains(base64(canary))) {
                            hits.add(kind + ": " + canary + " in " + text.substring(0, Math.min(200, text.length())));
                        }
                    }
                }
            }
        });
        return hits;
    }

    /** The part that is the same wherever the canary begins a group. */
    private static String base64(String canary) {
        String whole = Base64.getEncoder().withoutPadding().encodeToString(canary.getBytes(StandardCharsets.UTF_8));
        return whole.substring(0, canary.length() / 3 * 4);
    }
}
