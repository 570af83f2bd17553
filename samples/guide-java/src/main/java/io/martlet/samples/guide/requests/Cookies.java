// Prints:
//   {session_id="abc123", theme="dark", tmp_session="xyz"}
//   {session_id="abc123", theme="dark"}
package io.martlet.samples.guide.requests;

import io.martlet.async.AsyncSession;
import io.martlet.cookie.MemoryCookieJar;
import io.martlet.http.ClientResponse;
import java.util.TreeMap;

/** Cookies of a session, of one request, and those that the server sets. */
public final class Cookies {
    public static void main(String[] args) {
        try (AsyncSession session = AsyncSession.builder()
                .baseUrl(args[0])
                .cookie("session_id", "abc123")
                // Without this line, hosts that are IP addresses have no cookies: it is for demo servers.
                .cookieJar(MemoryCookieJar.builder().ipHosts(true).build())
                .build()) {
            session.get("cookies/set/theme/dark").join();
            ClientResponse one =
                    session.get("cookies", r -> r.cookie("tmp_session", "xyz")).join();
            System.out.println(new TreeMap<>(one.jsonTree().get("cookies").fields()));
            ClientResponse next = session.get("cookies").join();
            System.out.println(new TreeMap<>(next.jsonTree().get("cookies").fields()));
        }
    }
}
