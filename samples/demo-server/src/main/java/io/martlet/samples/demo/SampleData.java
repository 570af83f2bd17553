package io.martlet.samples.demo;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Made-up users, posts and comments, the same in every run, in the shape that public sample APIs have. */
final class SampleData {
    static final int USERS = 10;
    static final int POSTS = 100;
    static final int COMMENTS = 500;
    private static final int POSTS_PER_USER = POSTS / USERS;
    private static final int COMMENTS_PER_POST = COMMENTS / POSTS;

    private static final List<String> WORDS = List.of(
            "above", "air", "all", "birds", "bright", "build", "call", "cliff", "cloud", "coast", "cold", "dawn",
            "deep", "dusk", "early", "eaves", "far", "feather", "field", "flight", "flock", "fly", "garden", "glide",
            "harbour", "high", "hill", "home", "hover", "island", "journey", "lake", "land", "late", "light", "long",
            "low", "martin", "mast", "mist", "moon", "nest", "never", "night", "north", "over", "quick", "rain", "reed",
            "rest", "river", "roof", "sail", "salt", "sea", "season", "shore", "sky", "slow", "song", "south", "spring",
            "star", "storm", "summer", "swallow", "swift", "tide", "tower", "turn", "under", "valley", "warm", "wave",
            "west", "wild", "wind", "wing", "winter", "wood");
    private static final List<String> FIRST_NAMES =
            List.of("Ada", "Bruno", "Clara", "Dmitri", "Elena", "Farid", "Greta", "Hugo", "Ines", "Jonas");
    private static final List<String> LAST_NAMES =
            List.of("Amsel", "Bussard", "Corvin", "Dohle", "Elster", "Falk", "Gimpel", "Heron", "Ibis", "Jay");

    private SampleData() {}

    static List<JsonObject> users() {
        return each(USERS, SampleData::user);
    }

    static List<JsonObject> posts() {
        return each(POSTS, SampleData::post);
    }

    static List<JsonObject> comments() {
        return each(COMMENTS, SampleData::comment);
    }

    private static List<JsonObject> each(int count, IntFunction<JsonObject> maker) {
        List<JsonObject> all = new ArrayList<>(count);
        for (int id = 1; id <= count; id++) {
            all.add(maker.apply(id));
        }
        return List.copyOf(all);
    }

    private static JsonObject user(int id) {
        Words words = new Words(id);
        String first = FIRST_NAMES.get(id - 1);
        String last = LAST_NAMES.get(id - 1);
        String domain = words.next() + "-" + words.next() + ".example";
        return new JsonObject()
                .put("id", id)
                .put("name", first + " " + last)
                .put("username", first + "." + last.charAt(0))
                .put("email", mailbox(first, domain))
                .put("address", address(words))
                // 555-01xx is kept free for fiction.
                .put("phone", "555-01" + words.number(10, 99))
                .put("website", domain)
                .put("company", company(last, words));
    }

    private static JsonObject address(Words words) {
        JsonObject geo = new JsonObject()
                .put("lat", words.number(-89, 89) + "." + words.number(1_000, 9_999))
                .put("lng", words.number(-179, 179) + "." + words.number(1_000, 9_999));
        return new JsonObject()
                .put("street", capital(words.next()) + " " + capital(words.next()) + " Street")
                .put("suite", "Suite " + words.number(100, 999))
                .put("city", "Port " + capital(words.next()))
                .put("zipcode", String.valueOf(words.number(10_000, 99_999)))
                .put("geo", geo);
    }

    private static JsonObject company(String name, Words words) {
        return new JsonObject()
                .put("name", name + " and " + capital(words.next()))
                .put("catchPhrase", capital(words.some(4)))
                .put("bs", words.some(3));
    }

    private static JsonObject post(int id) {
        Words words = new Words(1_000 + id);
        return new JsonObject()
                .put("userId", (id - 1) / POSTS_PER_USER + 1)
                .put("id", id)
                .put("title", words.some(words.number(3, 8)))
                .put("body", words.lines(4));
    }

    private static JsonObject comment(int id) {
        Words words = new Words(10_000 + id);
        String writer = FIRST_NAMES.get(words.number(0, FIRST_NAMES.size() - 1));
        return new JsonObject()
                .put("postId", (id - 1) / COMMENTS_PER_POST + 1)
                .put("id", id)
                .put("name", words.some(words.number(3, 6)))
                .put("email", mailbox(writer, words.next() + ".example"))
                .put("body", words.lines(3));
    }

    private static String mailbox(String name, String domain) {
        return name.toLowerCase(Locale.ROOT) + "@" + domain;
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** Words as a seed gives them. */
    private static final class Words {
        private static final int WORDS_PER_LINE = 9;

        private final SplittableRandom random;

        Words(int seed) {
            this.random = new SplittableRandom(seed);
        }

        int number(int least, int most) {
            return random.nextInt(least, most + 1);
        }

        String next() {
            return WORDS.get(random.nextInt(WORDS.size()));
        }

        String some(int count) {
            return joined(count, " ", this::next);
        }

        String lines(int count) {
            return joined(count, "\n", () -> some(WORDS_PER_LINE));
        }

        private static String joined(int count, String separator, Supplier<String> part) {
            StringBuilder text = new StringBuilder(part.get());
            for (int i = 1; i < count; i++) {
                text.append(separator).append(part.get());
            }
            return text.toString();
        }
    }
}
