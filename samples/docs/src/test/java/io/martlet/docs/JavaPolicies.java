package io.martlet.docs;

import io.martlet.async.AsyncSession;
import io.martlet.async.AsyncSessionBuilder;
import io.martlet.auth.Basic;
import io.martlet.auth.BearerTokens;
import io.martlet.auth.Digest;
import io.martlet.auth.Netrc;
import io.martlet.cookie.Cookie;
import io.martlet.cookie.CookieFile;
import io.martlet.cookie.CookieJar;
import io.martlet.cookie.MemoryCookieJar;
import io.martlet.http.Url;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Redirects, logins and cookies. */
final class JavaPolicies {
    private JavaPolicies() {}

    static AsyncSession redirects() {
        return AsyncSession.builder()
                // row: max-redirects
                .options(o -> o.maxRedirects(5))
                // row: downgrades
                .options(o -> o.followDowngrades(false))
                // row: redirect-filter
                .options(o ->
                        o.redirectFilter((redirect, next) -> next.url().host().endsWith(".example.com")))
                // end
                .build();
    }

    static AsyncSessionBuilder auth(CompletableFuture<String> newToken) throws IOException {
        return AsyncSession.builder()
                // row: basic
                .auth(new Basic("ann", "secret"))
                // row: digest
                .auth(new Digest("ann", "secret"))
                // row: netrc
                .auth(Netrc.ofUser())
                // row: tokens
                .auth(BearerTokens.refreshedBy(() -> newToken))
        // end
        ;
    }

    static AsyncSessionBuilder jars() {
        return AsyncSession.builder()
                // row: jar
                .cookieJar(new MemoryCookieJar())
                // row: jar-unsafe
                .cookieJar(MemoryCookieJar.builder().ipHosts(true).build())
                // row: jar-trusted
                .cookieJar(MemoryCookieJar.builder()
                        .trustedOrigin("http://127.0.0.1:8080")
                        .build())
                // row: jar-none
                .cookieJar(CookieJar.NONE)
        // end
        ;
    }

    static List<Object> cookies(MemoryCookieJar jar, Url url, Path path) throws IOException {
        // row: jar-add
        jar.add(Cookie.builder(url, "theme", "dark").build());
        // row: jar-iterate
        List<String> names = jar.cookies().stream().map(Cookie::name).toList();
        // row: jar-filter
        List<Cookie> sent = jar.cookiesFor(url);
        // row: jar-save
        CookieFile.json(path).save(jar.cookies());
        jar.replaceAll(CookieFile.json(path).load());
        // row: jar-clear
        jar.removeIf(cookie -> cookie.name().equals("theme"));
        jar.clearDomain("example.com");
        jar.clear();
        // end
        return List.of(names, sent.size(), jar.size());
    }
}
