package io.martlet.internal.auth;

import io.martlet.error.ClientException.InvalidUrlException;
import io.martlet.http.Url;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the answer to one challenge is good for others (RFC 7616 §3.3, {@code domain}). What it names at other origins is
 * left out: credentials stay at theirs.
 */
record ProtectionSpace(List<String> paths) {
    static ProtectionSpace of(Url challenger, List<String> domain) {
        if (domain.isEmpty()) {
            return new ProtectionSpace(List.of("/"));
        }
        List<String> paths = new ArrayList<>();
        for (String reference : domain) {
            try {
                Url root = challenger.resolve(reference);
                if (root.sameOrigin(challenger)) {
                    paths.add(root.path());
                }
            } catch (InvalidUrlException ignored) {
                // A domain that is no URL protects nothing.
            }
        }
        return new ProtectionSpace(paths);
    }

    boolean covers(Url url) {
        return paths.stream().anyMatch(root -> isAtOrBelow(url.path(), root));
    }

    private static boolean isAtOrBelow(String path, String root) {
        String folder = root.endsWith("/") ? root : root + "/";
        return path.equals(root) || path.startsWith(folder);
    }
}
