package io.github.codebuddy2api.http.page;

import io.github.codebuddy2api.http.HttpParts;
import io.github.codebuddy2api.http.PageFile;
import io.github.codebuddy2api.http.error.FrameworkErrors;
import io.github.codebuddy2api.http.error.HttpFailure;
import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What is answered under which path of the page. Immutable. */
public final class PageFiles {
    /** Plain enough to be meant as it is written by everybody who reads a path. */
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");

    private final Map<String, Handler> byPath = new TreeMap<>();

    /**
     * Makes the answers out of {@code files}.
     *
     * @throws IllegalArgumentException if a path is not plain, or already means the page itself
     */
    public PageFiles(Map<String, PageFile> files) {
        files.forEach((path, file) -> {
            if (!path.equals(HttpParts.INDEX)) {
                add(path, new PageFileHandler(path, file));
            }
        });
        PageFile index = files.get(HttpParts.INDEX);
        Handler page = index == null ? PageFiles::none : new PageFileHandler(HttpParts.INDEX, index);
        byPath.put("/", page);
        add("/admin", page);
    }

    private void add(String path, Handler handler) {
        if (!PATH.matcher(path).matches() || byPath.put(path, handler) != null) {
            throw new IllegalArgumentException("no file of the page can have the path " + path);
        }
    }

    /** Without a page HEAD still says that somebody is here. */
    private static void none(ServerRequest request, ServerResponse response) {
        if (!request.prologue().method().equals(Method.HEAD)) {
            throw new HttpFailure(FrameworkErrors.notFound());
        }
        response.send();
    }

    /** Each path with what answers GET and HEAD there; {@code /} and {@code /admin} are always among them. */
    public Map<String, Handler> byPath() {
        return byPath;
    }
}
