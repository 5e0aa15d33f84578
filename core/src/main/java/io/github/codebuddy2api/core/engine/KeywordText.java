package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.engine.CodeFence.Margin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Replaces keywords in one text of Markdown that comes in pieces, and leaves code alone. However the text is cut, what
 * comes out is the same; what cannot change any more comes out at once. Not thread-safe.
 *
 * <p>Code is what stands between fences (a line that begins with three or more backticks or tildes, after blanks, quote
 * and list marks) up to the closing fence or the end, and what stands between two equally long runs of backticks in one
 * line. A run that finds no partner in its line, or within {@link #MAX_INLINE_CODE} characters, is ordinary text: models
 * rarely break a line within inline code, and a stray backtick must not hold up what follows.
 *
 * <p>No keyword holds a backtick or a line break. So code ends every stretch in which a keyword could be found, and
 * while it is open whether something is code, text without a keyword can go on: it stays the same either way.
 */
final class KeywordText {
    /** The longest inline code, with its backticks, in characters. */
    static final int MAX_INLINE_CODE = 4096;

    private static final int FENCE = 3;
    private static final String BEFORE_FENCE = " \t>-*+.)0123456789";

    private enum Mode {
        LINE_START,
        TILDES,
        PROSE,
        BACKTICKS,
        MAYBE_CODE,
        FENCED
    }

    private final KeywordCascade cascade;
    private StringBuilder out = new StringBuilder();
    private StringBuilder prose = new StringBuilder();
    private Mode mode = Mode.LINE_START;
    private Margin margin = Margin.NONE;
    private boolean escaped;
    private int marks;
    private @Nullable CodeFence fence;

    // What may be code, from its first backtick.
    private final StringBuilder open = new StringBuilder();
    private boolean mayBeFence;
    private int closingMarks;
    private int tried;
    private int released;
    // How much of what is about to come out was released before it was clear that it is prose.
    private int skipped;

    KeywordText(KeywordRules rules) {
        this(rules, KeywordSearch.MAX_GROWN);
    }

    /**
     * @param maxGrown what one piece may grow to, in characters
     */
    KeywordText(KeywordRules rules, int maxGrown) {
        cascade = new KeywordCascade(rules, maxGrown);
    }

    /** What is certain after {@code piece}. */
    String accept(String piece) {
        read(piece);
        if (isUndecided()) {
            releaseSame();
        } else {
            release(cascade.accept(prose));
        }
        return takeOut();
    }

    /** What was kept back, because the text ends or is interrupted here. Whether a fence is open is kept. */
    String end() {
        if (mode == Mode.TILDES) {
            tooFewTildes();
        }
        while (isUndecided()) {
            decide();
        }
        endStretch();
        return takeOut();
    }

    /** What came out; the space for it is not kept if it is large, because the caller may take long to read it. */
    private String takeOut() {
        String text = out.toString();
        out = Scratch.cleared(out);
        prose = Scratch.cleared(prose);
        cascade.clear();
        return text;
    }

    /** How often each keyword was replaced until the last {@link #end}, in the order of the rules. */
    List<Integer> hits() {
        return cascade.hits();
    }

    /** How many characters were read for it so far, by all rules together. */
    long work() {
        return cascade.work();
    }

    private void read(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            read(text.charAt(i));
        }
    }

    private void read(char c) {
        switch (mode) {
            case LINE_START -> lineStart(c);
            case TILDES -> tilde(c);
            case PROSE -> prose(c);
            case BACKTICKS -> backtick(c);
            case MAYBE_CODE -> maybeCode(c);
            case FENCED -> fenced(c);
        }
    }

    private void lineStart(char c) {
        if (c == '`') {
            openWith(c, true);
        } else if (c == '~') {
            marks = 1;
            mode = Mode.TILDES;
        } else if (BEFORE_FENCE.indexOf(c) >= 0) {
            margin = margin.with(c);
            prose.append(c);
        } else {
            mode = Mode.PROSE;
            prose(c);
        }
    }

    private void tilde(char c) {
        if (c != '~') {
            tooFewTildes();
            prose(c);
        } else if (++marks == FENCE) {
            endStretch();
            release("~".repeat(FENCE));
            fence = new CodeFence(c, FENCE, margin);
            mode = Mode.FENCED;
        }
    }

    private void tooFewTildes() {
        prose.repeat('~', marks);
        mode = Mode.PROSE;
    }

    private void prose(char c) {
        if (c == '`' && !escaped) {
            openWith(c, false);
            return;
        }
        escaped = c == '\\' && !escaped;
        prose.append(c);
        if (CodeFence.isLineEnd(c)) {
            mode = Mode.LINE_START;
            margin = Margin.NONE;
        }
    }

    private void openWith(char c, boolean atLineStart) {
        endStretch();
        open.append(c);
        marks = 1;
        mayBeFence = atLineStart;
        mode = Mode.BACKTICKS;
    }

    private void backtick(char c) {
        if (c == '`' && open.length() < MAX_INLINE_CODE) {
            open.append(c);
            marks++;
        } else {
            mayBeFence &= marks >= FENCE;
            mode = Mode.MAYBE_CODE;
            maybeCode(c);
        }
    }

    private void maybeCode(char c) {
        boolean closed = closingMarks == marks && c != '`';
        if (closed || CodeFence.isLineEnd(c) || open.length() >= MAX_INLINE_CODE) {
            decide();
            read(c);
            return;
        }
        open.append(c);
        closingMarks = c == '`' ? closingMarks + 1 : 0;
        mayBeFence &= c != '`';
    }

    private void fenced(char c) {
        out.append(c);
        if (fence == null || fence.closesWith(c)) {
            fence = null;
            mode = Mode.LINE_START;
            margin = Margin.NONE;
        }
    }

    private boolean isUndecided() {
        return mode == Mode.BACKTICKS || mode == Mode.MAYBE_CODE;
    }

    /** Nothing more will close what is open: it is code or fence as it stands, or its first marks were prose. */
    private void decide() {
        String text = open.toString();
        boolean opensFence = mayBeFence && marks >= FENCE;
        boolean isCode = closingMarks == marks;
        int before = released;
        forgetOpen();
        mode = Mode.PROSE;
        if (opensFence || isCode) {
            release(text.substring(before));
        } else {
            skipped += before;
            prose.append(text, 0, marks);
            read(text.substring(marks));
        }
        if (opensFence) {
            fence = new CodeFence('`', marks, margin);
            mode = Mode.FENCED;
        }
    }

    private void forgetOpen() {
        open.setLength(0);
        closingMarks = 0;
        tried = 0;
        released = 0;
        escaped = false;
        cascade.reset();
    }

    /** Lets out of what may be code as much as is the same if it is prose. */
    private void releaseSame() {
        if (cascade.hasReplaced()) {
            return;
        }
        CharSequence same = cascade.accept(open.substring(tried));
        tried = open.length();
        if (!cascade.hasReplaced()) {
            released += same.length();
            release(same);
        }
    }

    private void endStretch() {
        release(cascade.accept(prose));
        prose.setLength(0);
        release(cascade.end());
    }

    private void release(CharSequence text) {
        int known = Math.min(skipped, text.length());
        skipped -= known;
        out.append(text, known, text.length());
    }
}
