package io.github.codebuddy2api.filestore;

/** What settings that belong together are about, in the order of a page. */
public enum SettingGroup {
    /** Where and to whom the service listens. */
    SERVER,
    /** The accounts: their site, their files, whose turn it is, how they log in and are kept. */
    ACCOUNTS,
    /** Which models are listed, and under which names. */
    MODELS,
    /** How a request is tried, and what it may cost in time and room. */
    REQUESTS,
    /** Which words in answers are replaced. */
    KEYWORDS,
    /** The log. */
    LOGGING,
    /** What is remembered of requests. */
    STATISTICS,
    /** How we present ourselves to the upstream. */
    CLIENT
}
