package io.martlet.samples.demo;

/** The fixed pages. */
final class Texts {
    static final String ROBOTS = """
            User-agent: *
            Disallow: /deny
            """;

    static final String DENY = """
            You are not supposed to be here: robots.txt says so.
            """;

    static final String HTML = """
            <!DOCTYPE html>
            <html lang="en">
              <head>
                <meta charset="utf-8">
                <title>The martlet</title>
              </head>
              <body>
                <h1>The martlet</h1>
                <p>In heraldry, the martlet is a bird that is drawn without feet, because it never lands.</p>
                <p>A fourth son bore it on his shield: with no land to inherit, he had to live by his wings.</p>
              </body>
            </html>
            """;

    static final String XML = """
            <?xml version="1.0" encoding="UTF-8"?>
            <slideshow title="Sample slides" date="2026-11-20" author="Martlet">
              <slide type="all">
                <title>Why birds do not block</title>
              </slide>
              <slide type="all">
                <title>Overview</title>
                <item>Take <em>off</em></item>
                <item/>
                <item>Stay in flight</item>
              </slide>
            </slideshow>
            """;

    static final String JSON = """
            {
              "slideshow": {
                "author": "Martlet",
                "date": "2026-11-20",
                "slides": [
                  {
                    "title": "Why birds do not block",
                    "type": "all"
                  },
                  {
                    "items": ["Take <em>off</em>", "Stay in flight"],
                    "title": "Overview",
                    "type": "all"
                  }
                ],
                "title": "Sample slides"
              }
            }
            """;

    static final String UTF_8_SAMPLE = """
            <h1>Unicode in UTF-8</h1>
            <pre>
            two bytes      äöüß éèê ñ ø å ł ž İı Ωλ Жщ אב عرب
            three bytes    ₿ € — „“ … ∀x∈ℝ ½≤⅔ क्षि ไทย 日本語 中文 한국어 ﬁ
            four bytes     𝄞 𝔐 🐦 🕊️ 👩🏽‍🚀 🇺🇳
            combined       ä (one letter)   ä (a and U+0308)
            </pre>
            """;

    private Texts() {}

    static void robots(Exchange exchange) {
        exchange.text("text/plain", ROBOTS);
    }

    static void deny(Exchange exchange) {
        exchange.text("text/plain", DENY);
    }

    static void html(Exchange exchange) {
        exchange.text("text/html; charset=utf-8", HTML);
    }

    static void xml(Exchange exchange) {
        exchange.text("application/xml", XML);
    }

    static void json(Exchange exchange) {
        exchange.text("application/json", JSON);
    }

    static void utf8(Exchange exchange) {
        exchange.text("text/html; charset=utf-8", UTF_8_SAMPLE);
    }
}
