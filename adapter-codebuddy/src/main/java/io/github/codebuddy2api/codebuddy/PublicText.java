package io.github.codebuddy2api.codebuddy;

import java.util.regex.Pattern;

/**
 * Makes the upstream's words fit to be shown: one line, not long, and without anything that could be an address, a path
 * or a token. Pure.
 */
final class PublicText {
    /** The longest message a caller is given (reliability sheet, 7.1). */
    static final int MAX_LENGTH = 512;

    /** What is longer is cut before it is searched, so that no text can make the search slow. */
    private static final int MAX_SEARCHED = 2048;

    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Co}\\p{Cs}]+");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    /** Long runs count only if they are hexadecimal or mix digits and capitals: models have long names, too. */
    private static final Pattern SECRETS = Pattern.compile("(?i:\\bBearer\\s+\\S+)"
            + "|\\b(?:sk|ck|pk|rk|ak)[-_][A-Za-z0-9_-]{8,}+"
            + "|\\beyJ[A-Za-z0-9_-]*+(?:\\.[A-Za-z0-9_-]*+)++"
            + "|(?<![A-Za-z0-9+/=_-])[0-9a-fA-F]{32,}+"
            + "|(?<![A-Za-z0-9+/=_-])(?=[a-zA-Z+/=_-]*+[0-9])(?=[a-z0-9+/=_-]*+[A-Z])[A-Za-z0-9+/=_-]{32,}+");

    private static final Pattern ADDRESSES = Pattern.compile("(?i)\\b[a-z][a-z0-9+.-]{1,20}://\\S++"
            + "|\\S{1,64}@\\S++"
            + "|\\b(?:[a-z0-9-]{1,63}\\.){1,8}(?:com|cn|net|org|io|ai|dev|co|app|cloud|local|internal|svc)\\b(?::[0-9]{1,5})?(?:/\\S*+)?"
            + "|\\b[0-9]{1,3}(?:\\.[0-9]{1,3}){3}(?::[0-9]{1,5})?"
            + "|(?<![\\w/.])/[\\w.-]++(?:/[\\w.-]*+)++(?::[0-9]++)*+");

    private PublicText() {}

    /** The words of {@code text} that may be shown; may be empty. */
    static String of(String text) {
        String searched = text.length() > MAX_SEARCHED ? text.substring(0, MAX_SEARCHED) : text;
        String visible = INVISIBLE.matcher(searched).replaceAll(" ");
        String withoutAddresses = ADDRESSES.matcher(visible).replaceAll("[removed]");
        String withoutSecrets = SECRETS.matcher(withoutAddresses).replaceAll("[removed]");
        return BLANKS.matcher(withoutSecrets).replaceAll(" ").strip();
    }

    /** {@code text} and then {@code ending}, which is kept whole. */
    static String join(String text, String ending) {
        int room = MAX_LENGTH - ending.length();
        return (text.length() > room ? text.substring(0, room - 1) + "…" : text) + ending;
    }
}
