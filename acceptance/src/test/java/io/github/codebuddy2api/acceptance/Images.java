package io.github.codebuddy2api.acceptance;

/** Pictures as data addresses. */
final class Images {
    /** A PNG of one red pixel. */
    static final String RED_SQUARE = "data:image/png;base64,"
            + "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC";

    private Images() {}
}
