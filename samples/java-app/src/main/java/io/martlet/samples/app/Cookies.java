package io.martlet.samples.app;

import io.martlet.async.AsyncSession;
import io.martlet.cookie.Cookie;
import io.martlet.cookie.CookieFile;
import io.martlet.cookie.CookieJar;
import io.martlet.cookie.MemoryCookieJar;
import io.martlet.cookie.PublicSuffixes;
import io.martlet.cookie.SetCookieParser;
import io.martlet.http.Url;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Cookies as browsers keep them, kept from one run of the program to the next. */
final class Cookies implements Chapter {
    @Override
    public void tell(String url, PrintStream out) throws IOException {
        // Hosts that are IP addresses have no cookies unless this is set.
        MemoryCookieJar jar = MemoryCookieJar.builder().ipHosts(true).build();
        jar.add(Cookie.builder(Url.of(url), "theme", "dark")
                .httpOnly(true)
                .sameSite(Cookie.SameSite.LAX)
                .build());
        out.println(ask(url, "cookies/set/flavour/oat", jar));

        Path folder = Files.createTempDirectory("cookies");
        CookieFile file = CookieFile.json(folder.resolve("jar.json"));
        file.save(jar.cookies());
        MemoryCookieJar later = MemoryCookieJar.builder().ipHosts(true).build();
        later.replaceAll(file.load());
        out.println("of " + jar.size() + " cookies, all for this session, " + later.size() + " are kept");
        Files.delete(folder.resolve("jar.json"));
        Files.delete(folder);

        Cookie parsed =
                new SetCookieParser().parse(Url.of("https://shop.example.co.uk/"), "id=7; Domain=example.co.uk");
        out.println("shared by all of " + (parsed == null ? "nobody" : parsed.domain()) + "; "
                + "co.uk has no cookies: " + PublicSuffixes.isPublicSuffix("co.uk"));
        out.println("without a jar: " + ask(url, "cookies", CookieJar.NONE));
    }

    private static String ask(String url, String path, CookieJar jar) {
        try (AsyncSession session =
                AsyncSession.builder().baseUrl(url).cookieJar(jar).build()) {
            return session.get(path).join().jsonTree().get("cookies").toString();
        }
    }
}
