package io.martlet.internal.download;

import io.martlet.http.ClientRequest;
import io.martlet.http.Method;
import java.util.List;

/** The requests of a download. */
public final class RangeRequest {
    private RangeRequest() {}

    /**
     * Refuses what cannot be downloaded.
     *
     * @throws IllegalArgumentException if {@code request} is no GET, or asks for a range itself
     */
    public static void check(ClientRequest request) {
        if (!request.method().equals(Method.GET)) {
            throw new IllegalArgumentException(
                    "method is " + request.method() + "; what is downloaded is got with GET");
        }
        for (String name : List.of("Range", "If-Range")) {
            if (request.headers().contains(name)) {
                throw new IllegalArgumentException(
                        "header " + name + " is set; a download decides itself which ranges it asks for");
            }
        }
    }

    /** Asks for all, in bytes as they are stored; what a status means is judged by the download. */
    public static ClientRequest ofAll(ClientRequest request) {
        ClientRequest.Builder all = request.toBuilder();
        all.headers().set("Accept-Encoding", "identity");
        all.options().raiseForStatus(false);
        return all.build();
    }

    /** Asks for what {@code segment} lacks, if the file is still the one that {@code validator} tells (RFC 9110 §13.1.5). */
    public static ClientRequest of(ClientRequest all, Segment segment, Validator validator) {
        return all.withHeaders(all.headers().toBuilder()
                .set("Range", segment.wanted().field())
                .set("If-Range", validator.field())
                .build());
    }
}
