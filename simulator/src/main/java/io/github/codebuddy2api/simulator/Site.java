package io.github.codebuddy2api.simulator;

/** Which of the real sites is played: they differ in models and in a few answers. */
public enum Site {
    /** The site in China. */
    CHINA("www.codebuddy.cn"),
    /** The international site. */
    INTERNATIONAL("www.codebuddy.ai");

    private final String domain;

    Site(String domain) {
        this.domain = domain;
    }

    /** The domain written into issued tokens. */
    String domain() {
        return domain;
    }
}
