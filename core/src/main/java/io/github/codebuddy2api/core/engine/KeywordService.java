package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import io.github.codebuddy2api.core.api.Keywords;
import io.github.codebuddy2api.core.settings.KeywordReplacement;
import io.github.codebuddy2api.core.spi.SettingsSource;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tries keyword replacement on a text, by the same means as on answers but within closer limits. Thread-safe. */
final class KeywordService implements Keywords {
    /** What a text may become, in characters. */
    static final int MAX_RESULT = 200_000;
    /** How many characters all rules together may read; the longest text under the most rules needs a tenth. */
    static final long MAX_WORK = 10L * MAX_TEXT * KeywordReplacement.MAX_RULES;

    private final SettingsSource settings;

    KeywordService(SettingsSource settings) {
        this.settings = settings;
    }

    @Override
    public Preview preview(String text, @Nullable KeywordReplacement replacement, int pieceLength) {
        if (text.length() > MAX_TEXT) {
            throw InvalidRequest.value("text", "A text to try has at most " + MAX_TEXT + " characters.");
        }
        if (pieceLength < 1) {
            throw InvalidRequest.value("chunk", "A piece has at least one character.");
        }
        KeywordReplacement tried = replacement == null ? settings.current().keywordReplacement() : replacement;
        if (!tried.isActive()) {
            return new Preview(text, Collections.nCopies(tried.rules().size(), 0));
        }
        try {
            return replaced(text, new KeywordText(new KeywordRules(tried), MAX_RESULT), pieceLength);
        } catch (UpstreamGarbled tooLarge) {
            throw grown();
        }
    }

    private static Preview replaced(String text, KeywordText replacing, int pieceLength) {
        StringBuilder result = new StringBuilder();
        for (int start = 0; start < text.length(); start += Math.min(pieceLength, text.length() - start)) {
            int length = Math.min(pieceLength, text.length() - start);
            result.append(replacing.accept(text.substring(start, start + length)));
            refuseBeyondLimits(result, replacing);
        }
        result.append(replacing.end());
        refuseBeyondLimits(result, replacing);
        List<Integer> hits = replacing.hits();
        return new Preview(result.toString(), hits);
    }

    private static void refuseBeyondLimits(StringBuilder result, KeywordText replacing) {
        if (result.length() > MAX_RESULT || replacing.work() > MAX_WORK) {
            throw grown();
        }
    }

    private static InvalidRequest grown() {
        return InvalidRequest.value("rules", "Under these rules the text grows too large to be tried.");
    }
}
